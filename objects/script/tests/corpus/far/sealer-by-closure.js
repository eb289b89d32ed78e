const makePair = () => {
  const boxes = new Map();
  return harden({
    seal: v => {
      const box = Far('box', {});
      boxes.set(box, v);
      return box;
    },
    unseal: box => {
      if (!boxes.has(box)) throw new Error('not mine');
      return boxes.get(box);
    },
  });
};
const x = makePair();
const y = makePair();
const box = x.seal('secret');
console.log(x.unseal(box));
try {
  y.unseal(box);
} catch (e) {
  console.log(e.message);
}

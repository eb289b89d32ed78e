// Two parties exchange goods or both get theirs back.
const defer = () => {
  const d = {};
  d.promise = new Promise((resolve, reject) => Object.assign(d, { resolve, reject }));
  return d;
};
const makeEscrow = () => {
  const sides = { left: defer(), right: defer() };
  const decision = defer();
  let open = 2;
  const seat = (mine, other) =>
    Far('seat', {
      async offer(item) {
        if (mine.item !== undefined) throw new Error('already offered');
        mine.item = item;
        open -= 1;
        if (open === 0) decision.resolve('trade');
        const outcome = await decision.promise;
        return outcome === 'trade' ? { got: other.item } : { back: item };
      },
      cancel: why => decision.resolve(`cancelled: ${why}`),
    });
  const { left, right } = sides;
  return harden({ left: seat(left, right), right: seat(right, left), outcome: decision.promise });
};
const show = x => JSON.stringify(x);
export const main = async () => {
  const one = makeEscrow();
  const [a, b] = await Promise.all([E(one.left).offer('book'), E(one.right).offer('20 coins')]);
  console.log(`${show(a)} ${show(b)} ${await one.outcome}`);

  const two = makeEscrow();
  const p = E(two.left).offer('painting');
  const q = E(two.right).cancel('too dear');
  console.log(`${show(await p)} ${await two.outcome}`);
  await q;

  const three = makeEscrow();
  const r = E(three.left).offer('once');
  const s = E(three.left)
    .offer('twice')
    .catch(e => e.message);
  console.log(await s);
  await E(three.left).cancel('mistake');
  return r;
};

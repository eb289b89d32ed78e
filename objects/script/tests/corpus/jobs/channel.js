const makeChannel = () => {
  const values = [];
  const takers = [];
  return {
    put: v => {
      const taker = takers.shift();
      if (taker) taker(v);
      else values.push(v);
    },
    take: () =>
      (values.length > 0
        ? Promise.resolve(values.shift())
        : new Promise(resolve => takers.push(resolve))),
  };
};
const ch = makeChannel();
const producer = async () => {
  for (const v of ['a', 'b', 'c', null]) {
    console.log(`put ${v}`);
    ch.put(v);
    await null;
  }
};
const consumer = async () => {
  for (;;) {
    const v = await ch.take();
    if (v === null) return 'closed';
    console.log(`took ${v}`);
  }
};
const [, end] = await Promise.all([producer(), consumer()]);
console.log(end);

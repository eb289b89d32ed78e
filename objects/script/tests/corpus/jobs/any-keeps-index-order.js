const fail = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  throw v;
};
const e = await Promise.any([fail(5, 'a'), fail(1, 'b'), fail(3, 'c')]).catch(x => x);
console.log(e.errors.join());

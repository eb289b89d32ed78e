const f = async () => {
  throw new RangeError('out');
};
const p = f();
console.log('no throw here');
try {
  await p;
} catch (e) {
  console.log(`${e.name}: ${e.message}`);
}
const g = async (a = (() => {
  throw new Error('default');
})()) => a;
const q = g();
console.log('nor here');
console.log(await q.catch(e => e.message));
const h = async ({ x }) => x;
console.log(await h(null).catch(e => e.name));

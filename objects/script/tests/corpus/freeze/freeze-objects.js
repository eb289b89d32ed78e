const o = Object.freeze({ a: 1, inner: { b: 2 } });
const attempts = {
  change: () => (o.a = 2),
  add: () => (o.z = 1),
  remove: () => delete o.a,
  inner: () => (o.inner.b = 3),
  increment: () => o.a++,
};
for (const [name, f] of Object.entries(attempts)) {
  try {
    f();
    console.log(`${name} worked`);
  } catch (e) {
    console.log(`${name} ${e.name}`);
  }
}
console.log(JSON.stringify(o));

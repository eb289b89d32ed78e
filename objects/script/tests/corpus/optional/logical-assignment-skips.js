let n = 0;
const v = () => {
  n += 1;
  return 'v';
};
const o = harden({ a: 1, z: 0 });
o.a ??= v();
o.a ||= v();
o.z &&= v();
console.log(`${n} ${o.a} ${o.z}`);
try {
  o.z ||= v();
} catch (e) {
  console.log(`${e.name} ${n}`);
}

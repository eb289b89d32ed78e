const a = { n: 1 };
const b = { a };
a.b = b;
harden(a);
console.log(`${Object.isFrozen(a)} ${Object.isFrozen(b)}`);
try {
  b.x = 1;
} catch (e) {
  console.log(e.name);
}

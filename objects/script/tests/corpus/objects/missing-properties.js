const o = { a: undefined };
console.log(`${o.a} ${o.b} ${'a' in o} ${'b' in o}`);
console.log(`${Object.keys(o).length} ${o['a']} ${o[undefined]}`);
try {
  o.b.c;
} catch (e) {
  console.log(e.name);
}
try {
  o.b.c = 1;
} catch (e) {
  console.log(e.name);
}

const a = 1;
const b = 'x';
const o = { a, b, f: () => a, g() { return b; } };
console.log(`${o.a} ${o.b} ${o.f()} ${o.g()}`);
console.log(JSON.stringify({ a, b }));

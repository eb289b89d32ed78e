const o = { a: 1, b: { c: 2 } };
console.log(`${delete o.b.c} ${'c' in o.b} ${JSON.stringify(o)}`);
console.log(`${delete o['a']} ${'a' in o}`);
const k = 'b';
console.log(`${delete o[k]} ${Object.keys(o).length}`);

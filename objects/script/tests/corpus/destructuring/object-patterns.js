const { a, b: renamed, c = 'default', d: { e } } = { a: 1, b: 2, d: { e: 3 } };
console.log(`${a} ${renamed} ${c} ${e}`);
const { length } = 'four';
const { length: n, 0: first } = ['x', 'y'];
console.log(`${length} ${n} ${first}`);

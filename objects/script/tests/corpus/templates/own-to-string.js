const o = { toString: () => 'from toString', valueOf: () => 'from valueOf' };
console.log(`${o}`);
console.log(o + '');
const v = { valueOf: () => 7 };
console.log(`${v}`);
console.log(v + '');

const o = {};
const a = [1, '1', NaN, o, null, undefined, 1, -0];
console.log([a.indexOf(1), a.indexOf('1'), a.indexOf(NaN), a.indexOf(o), a.indexOf({})].join());
console.log([a.indexOf(1, 1), a.indexOf(1, -3), a.indexOf(1, 99), a.indexOf(0), a.indexOf(undefined)].join());
console.log([a.lastIndexOf(1), a.lastIndexOf(1, 3), a.lastIndexOf(1, -3), a.lastIndexOf('z'), a.lastIndexOf(1, -9)].join());

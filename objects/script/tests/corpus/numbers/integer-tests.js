const vs = [1, 1.0, 1.5, -0, 2 ** 53, 2 ** 53 - 1, NaN, Infinity, '1', null, 1n, 5e-324];
console.log(vs.map(v => Number.isInteger(v)).join());
console.log(vs.map(v => Number.isSafeInteger(v)).join());
console.log(vs.map(v => Number.isFinite(v)).join());
console.log(vs.map(v => Number.isNaN(v)).join());

console.log([10, 9, 1, 100, 2].sort().join());
console.log(['b', 'a', 'C', 'B', 'é', 'e'].sort().join());
console.log([true, false, null, undefined, 'm', 5].sort().map(String).join());
console.log([undefined, 3, undefined, 1].sort().map(String).join());
console.log([-1, -2, 5, 10, -10].sort().join());
const a = [2, 1];
console.log(`${a.sort() === a}`);

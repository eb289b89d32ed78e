console.log([1, 2, 3, 4].fill(0).join());
console.log([1, 2, 3, 4].fill(9, 1, 3).join());
console.log([1, 2, 3, 4].fill('x', -2).join());
console.log([1, 2, 3, 4].fill(7, 2, -1).join());
console.log([1, 2, 3, 4].fill(7, 5).join() + [].fill(1).length);
const o = {};
const a = [1, 2].fill(o);
console.log(`${a[0] === a[1]} ${a[0] === o}`);

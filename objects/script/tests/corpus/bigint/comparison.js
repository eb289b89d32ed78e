console.log([1n < 2n, 2n > 1n, 1n <= 1n, 1n === 1n, 1n === 1, 2n > 1, 1 < 2n, 1.5 < 2n, 2n < 2.5].join());
console.log([1n < NaN, 1n < Infinity, -Infinity < 1n, '2' > 1n, 10n > '9', 1n < 'x', 9007199254740993n > 9007199254740992].join());
console.log([3n, 1, 2n, 10, 4n].sort((x, y) => (x < y ? -1 : x > y ? 1 : 0)).join());

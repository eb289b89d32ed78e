console.log([0.1 * 3, 0.7 + 0.1, 1.1 * 1.1, 1e16 + 1, 9007199254740992 + 1, 0.3 - 0.1, 1 / 49 * 49, 4.35 * 100].join());
console.log([1 / 0, -1 / 0, 0 / 0, Infinity - Infinity, Infinity * 0, 2 ** 1024, -(2 ** 1024), 5 / Infinity].join());

console.log([Math.sqrt(2), Math.sqrt(-1), Math.sqrt(16), Math.cbrt(27), Math.cbrt(-8), Math.hypot(3, 4), Math.hypot(), Math.hypot(1, NaN), Math.hypot(Infinity, NaN)].join());
console.log([Math.pow(2, 10), Math.pow(2, -1), Math.pow(0, 0), Math.pow(NaN, 0), Math.pow(1, Infinity), Math.pow(-8, 1 / 3), Math.pow(-2, 3)].join());
console.log([2 ** 0.5, (-2) ** 2, 2 ** 3 ** 2, 10 ** -2, 10 ** 21, 10 ** 300 * 10 ** 10].join());

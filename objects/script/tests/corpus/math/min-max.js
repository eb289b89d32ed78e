console.log([Math.max(), Math.min(), Math.max(1, '3', 2), Math.max(1, NaN), Math.min(1, undefined), Math.max(null, -1), Math.min([2])].join());
console.log(`${Object.is(Math.max(-0, 0), 0)} ${Object.is(Math.min(0, -0), -0)}`);

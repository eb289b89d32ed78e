console.log([2, 1, 3].sort((a, b) => String(a - b)).join());
console.log([2, 1].sort(() => NaN).join() + [2, 1].sort(() => undefined).join());
console.log([3, 1, 2].sort((a, b) => ({ valueOf: () => a - b })).join());

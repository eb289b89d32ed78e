const a = [1, NaN, undefined, -0, 'x'];
console.log([a.includes(NaN), a.includes(0), a.includes(undefined), a.includes('1'), a.includes(1, 1), a.includes('x', -1)].join());

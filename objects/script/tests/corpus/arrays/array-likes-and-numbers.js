console.log([3, 1, 2].map(x => x / 2).map(x => x.toFixed(1)).join(' '));
console.log(`${Math.max(...[3, 9, 2])} ${Math.min(...[3, 9, 2])} ${Math.max(...[])}`);
console.log([1, 2, 3, 4].reduce((a, b) => a * b, 1) + '');
const avg = xs => xs.reduce((a, b) => a + b, 0) / xs.length;
console.log(`${avg([1, 2, 3, 4])} ${avg([])}`);

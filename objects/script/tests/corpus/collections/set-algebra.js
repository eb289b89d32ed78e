const union = (a, b) => new Set([...a, ...b]);
const inter = (a, b) => new Set([...a].filter(x => b.has(x)));
const diff = (a, b) => new Set([...a].filter(x => !b.has(x)));
const a = new Set([1, 2, 3]);
const b = new Set([3, 4]);
console.log([union(a, b), inter(a, b), diff(a, b), diff(b, a)].map(s => [...s].join()).join(' | '));

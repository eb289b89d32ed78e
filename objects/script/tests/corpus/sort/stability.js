const xs = ['b1', 'a1', 'c1', 'a2', 'b2', 'c2', 'a3'].sort((x, y) => (x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : 0));
console.log(xs.join());
const many = Array.from({ length: 60 }, (_, i) => ({ k: (i * 7) % 5, i }));
console.log(many.sort((a, b) => a.k - b.k).map(o => `${o.k}:${o.i}`).join(' '));

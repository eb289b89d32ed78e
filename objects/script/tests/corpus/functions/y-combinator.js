const Y = f => (x => f(v => x(x)(v)))(x => f(v => x(x)(v)));
const fact = Y(self => n => (n < 2 ? 1 : n * self(n - 1)));
console.log(`${fact(6)}`);
const range = Y(self => ([a, b]) => (a > b ? [] : [a, ...self([a + 1, b])]));
console.log(range([3, 7]).join());

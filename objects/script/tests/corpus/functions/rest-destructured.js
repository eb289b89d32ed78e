const f = (...[a, b = 'none', ...c]) => `${a} ${b} ${c.length}`;
console.log(f(1));
console.log(f(1, 2, 3, 4));
const g = (x, ...{ length }) => `${x} ${length}`;
console.log(g('a', 1, 1));

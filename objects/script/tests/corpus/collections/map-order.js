const m = new Map([['b', 1], ['a', 2], [1, 3]]);
m.set('b', 9);
m.delete('a');
m.set('a', 4);
console.log([...m].map(([k, v]) => `${k}${v}`).join());

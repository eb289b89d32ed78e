console.log(JSON.stringify({ a: 1, b: { a: 2, c: 3 }, c: 4 }, ['a', 'b']));
console.log(JSON.stringify({ b: 1, a: 2, 1: 'one' }, ['a', 1, 'b', 'a']));
console.log(JSON.stringify([{ x: 1, y: 2 }], ['y']));
console.log(JSON.stringify({ a: 1 }, []));

console.log(JSON.stringify({ a: [1, { b: 2 }], c: 'x', d: {}, e: [] }));
console.log(JSON.stringify([undefined, () => 1, NaN, null]));
console.log(JSON.stringify({ a: undefined, b: () => 1, c: null, 2: 'x', 1: 'y' }));
console.log(JSON.stringify([[[]], [{}]]));

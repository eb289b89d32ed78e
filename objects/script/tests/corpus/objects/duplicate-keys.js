const o = { a: 1, b: 2, a: 3, ['b']: 4 };
console.log(JSON.stringify(o));

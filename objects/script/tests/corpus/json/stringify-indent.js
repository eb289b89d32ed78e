const v = { a: [1, 2, { b: null }], c: {}, d: [], e: 'x' };
console.log(JSON.stringify(v, null, 2));
console.log(JSON.stringify(v, null, '--'));
console.log(JSON.stringify([1], null, 20).length + ' ' + JSON.stringify([1], null, 'abcdefghijklmnop').length);
console.log(JSON.stringify({ a: 1 }, null, 0) + JSON.stringify({ a: 1 }, null, '') + JSON.stringify({ a: 1 }, null, 1.9));

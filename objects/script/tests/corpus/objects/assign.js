const target = { a: 1, b: 1 };
const r = Object.assign(target, { b: 2, c: 2 }, null, undefined, { c: 3 });
console.log(`${r === target} ${JSON.stringify(r)}`);
console.log(JSON.stringify(Object.assign({}, 'hi', [9])));
console.log(JSON.stringify(Object.assign([1, 2, 3], [4, 5])));

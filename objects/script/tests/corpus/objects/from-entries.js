console.log(JSON.stringify(Object.fromEntries([['a', 1], ['b', 2], ['a', 3]])));
console.log(JSON.stringify(Object.fromEntries(new Map([['k', 'v'], [1, 2]]))));
const o = { a: 1, b: 2, c: 3 };
console.log(JSON.stringify(Object.fromEntries(Object.entries(o).filter(([, v]) => v !== 2))));
console.log(JSON.stringify(Object.fromEntries(Object.entries(o).map(([k, v]) => [v, k]))));

const o = { a: { b: 1 } };
const none = null;
console.log(`${delete o?.a?.b} ${JSON.stringify(o)}`);
console.log(`${delete none?.a}`);

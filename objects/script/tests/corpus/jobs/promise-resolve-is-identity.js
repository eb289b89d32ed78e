const p = Promise.resolve(1);
console.log(`${Promise.resolve(p) === p}`);
console.log(`${Promise.resolve(1) === p}`);
const f = async () => p;
const q = f();
console.log(`${q === p}`);
console.log(`${await q}`);
console.log(`${p instanceof Promise} ${typeof p}`);

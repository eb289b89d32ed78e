const { a, ...rest } = { a: 1, b: 2, c: 3 };
console.log(`${a} ${JSON.stringify(rest)}`);
const k = 'b';
const { [k]: dyn, ...others } = { a: 1, b: 2, 3: 'three' };
console.log(`${dyn} ${JSON.stringify(others)}`);
const { ...copy } = { x: 1 };
console.log(JSON.stringify(copy));

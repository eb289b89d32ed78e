const o = { a: undefined };
console.log(`${Object.hasOwn(o, 'a')} ${Object.hasOwn(o, 'b')}`);
console.log(`${Object.hasOwn([1, 2], 1)} ${Object.hasOwn([1, 2], 2)} ${Object.hasOwn([1], 'length')}`);
console.log(`${Object.hasOwn('abc', 2)} ${Object.hasOwn('abc', 3)}`);

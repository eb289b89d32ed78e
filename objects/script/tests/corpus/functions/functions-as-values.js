const ops = { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b };
for (const name of Object.keys(ops)) console.log(`${name} ${ops[name](6, 3)}`);
const table = [n => n + 1, n => n * 10];
console.log(`${table[1](table[0](4))}`);
console.log(`${typeof ops.add} ${ops.add === ops['add']}`);

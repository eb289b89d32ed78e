const add = Far('adder', { add: (a, b) => a + b });
console.log(`${await E(add).add(2, 3)}`);
const f = (a, b) => a * b;
console.log(`${await E(f)(6, 7)}`);

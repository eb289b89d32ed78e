const sum = n => (n === 0 ? 0 : n + sum(n - 1));
console.log(`${sum(2000)}`);
const count = (n, acc) => (n === 0 ? acc : count(n - 1, acc + 1));
console.log(`${count(3000, 0)}`);

const count = async n => (n === 0 ? 0 : 1 + (await count(n - 1)));
console.log(`${await count(50)}`);
const tree = async d => (d === 0 ? 1 : (await tree(d - 1)) + (await tree(d - 1)));
console.log(`${await tree(6)}`);

let i = 5;
console.log(`${i++} ${i} ${++i} ${i--} ${--i}`);
const o = { n: 1, deep: { n: 7 } };
console.log(`${o.n++} ${++o.n} ${o['n']--} ${o.n}`);
console.log(`${o.deep.n++ + ++o.deep.n}`);
const a = [1, 2];
let k = 0;
a[k++] += 10;
console.log(`${a.join()} ${k}`);

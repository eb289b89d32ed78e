const o = { n: 1 };
o.n = 2;
o.m = 3;
const a = [1];
a.push(2);
a[0] = 9;
console.log(`${JSON.stringify(o)} ${JSON.stringify(a)}`);

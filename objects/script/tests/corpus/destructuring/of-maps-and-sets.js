const [first, second] = new Set(['s1', 's2']);
const [[k, v]] = new Map([['key', 'val']]);
console.log(`${first} ${second} ${k} ${v}`);
const m = new Map([['a', { n: 1 }], ['b', { n: 2 }]]);
for (const [key, { n }] of m) console.log(`${key} ${n}`);

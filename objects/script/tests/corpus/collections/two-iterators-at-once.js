const s = new Set([1, 2, 3]);
const pairs = [];
for (const a of s) for (const b of s) if (a < b) pairs.push(`${a}${b}`);
console.log(pairs.join());
const i = s.values();
const j = s.values();
i.next();
console.log(`${i.next().value} ${j.next().value} ${i === j}`);

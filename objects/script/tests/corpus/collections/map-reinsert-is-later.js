const m = new Map([['a', 0], ['b', 0]]);
let n = 0;
for (const [k] of m) {
  n += 1;
  if (n > 5) break;
  m.delete(k);
  m.set(k, n);
}
console.log(`${n} ${[...m].join('|')}`);

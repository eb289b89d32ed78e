const m = new Map([[1, 'a'], [2, 'b'], [3, 'c']]);
const seen = [];
for (const [k] of m) {
  seen.push(k);
  if (k === 2) {
    m.clear();
    m.set(9, 'new');
  }
}
console.log(`${seen.join()} ${m.size}`);

const s = new Set([1, 2, 3, 4]);
const seen = [];
for (const x of s) {
  seen.push(x);
  s.delete(x);
  s.delete(3);
  if (x === 4) s.add(1);
  if (seen.length > 6) break;
}
console.log(`${seen.join()} ${s.size}`);

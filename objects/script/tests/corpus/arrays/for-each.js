const out = [];
const r = ['x', 'y'].forEach((v, i, all) => out.push(`${v}${i}${all.length}`));
console.log(`${out.join()} ${r}`);
const a = [1, 2, 3, 4];
const seen = [];
a.forEach(v => {
  seen.push(v);
  if (v === 2) a.pop();
});
console.log(seen.join());

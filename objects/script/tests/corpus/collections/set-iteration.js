const s = new Set(['a', 'b']);
console.log([...s.keys()].join() + [...s.values()].join() + JSON.stringify([...s.entries()]));
s.forEach((v, k, all) => console.log(`${v} ${k} ${all === s}`));
const seen = [];
for (const x of s) {
  seen.push(x);
  if (seen.length < 5) s.add(`${x}+`);
}
console.log(seen.join());

const text = 'it was the best of times it was the worst of times';
const counts = new Map();
for (const w of text.split(' ')) counts.set(w, (counts.get(w) ?? 0) + 1);
const top = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
for (const [w, n] of top.slice(0, 5)) console.log(`${w} ${n}`);

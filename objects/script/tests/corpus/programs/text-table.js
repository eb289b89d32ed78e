const table = (rows, { header = true, align = [] } = {}) => {
  const text = rows.map(r => r.map(c => (typeof c === 'number' ? c.toFixed(2) : String(c))));
  const widths = text[0].map((_, j) => Math.max(...text.map(r => r[j].length)));
  const cell = (s, j) => (align[j] === 'right' ? s.padStart(widths[j]) : align[j] === 'center' ? s.padStart(Math.floor((widths[j] + s.length) / 2)).padEnd(widths[j]) : s.padEnd(widths[j]));
  const line = `+${widths.map(w => '-'.repeat(w + 2)).join('+')}+`;
  const out = [line];
  text.forEach((r, i) => {
    out.push(`| ${r.map(cell).join(' | ')} |`);
    if (i === 0 && header) out.push(line);
  });
  out.push(line);
  return out.join('\n');
};
console.log(table([['item', 'price', 'n'], ['tea', 2.5, 'x'], ['long coffee', 13.125, 'yyy']], { align: ['left', 'right', 'center'] }));
console.log(table([['a'], ['bcd']], { header: false }));
const histogram = xs => {
  const counts = new Map();
  for (const x of xs) counts.set(x, (counts.get(x) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b).map(([k, n]) => `${String(k).padStart(3)} ${'*'.repeat(n)} ${n}`).join('\n');
};
console.log(histogram([3, 1, 3, 12, 3, 1]));

const rows = [['name', 'n'], ['apple', 3], ['fig', 12]];
const w = rows.reduce((a, [s]) => Math.max(a, s.length), 0);
for (const [a, b] of rows) console.log(`|${a.padEnd(w)}|${String(b).padStart(4)}|`);

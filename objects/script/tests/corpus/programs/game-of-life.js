const parse = text => new Set(text.split('\n').flatMap((line, y) => [...line].flatMap((c, x) => (c === '#' ? [`${x},${y}`] : []))));
const step = live => {
  const counts = new Map();
  for (const cell of live) {
    const [x, y] = cell.split(',').map(Number);
    for (let dx = -1; dx <= 1; dx += 1) {
      for (let dy = -1; dy <= 1; dy += 1) {
        if (dx === 0 && dy === 0) continue;
        const key = `${x + dx},${y + dy}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return new Set([...counts].filter(([k, n]) => n === 3 || (n === 2 && live.has(k))).map(([k]) => k));
};
const show = (live, w, h) => {
  const rows = [];
  for (let y = 0; y < h; y += 1) {
    let row = '';
    for (let x = 0; x < w; x += 1) row += live.has(`${x},${y}`) ? '#' : '.';
    rows.push(row);
  }
  return rows.join('\n');
};
let glider = parse('.#.\n..#\n###');
for (let i = 0; i <= 4; i += 1) {
  console.log(`generation ${i}, ${glider.size} cells\n${show(glider, 5, 5)}`);
  glider = step(glider);
}
let blinker = parse('...\n###\n...');
console.log(show(step(blinker), 3, 3));
blinker = step(step(blinker));
console.log(show(blinker, 3, 3));
console.log(`${step(parse('#')).size} ${step(parse('##\n##')).size}`);

const PUZZLE = '530070000600195000098000060800060003400803001700020006060000280000419005000080079';
const peers = Array.from({ length: 81 }, (_, i) => {
  const [r, c] = [Math.floor(i / 9), i % 9];
  const out = new Set();
  for (let k = 0; k < 9; k += 1) {
    out.add(r * 9 + k);
    out.add(k * 9 + c);
    out.add((Math.floor(r / 3) * 3 + Math.floor(k / 3)) * 9 + Math.floor(c / 3) * 3 + (k % 3));
  }
  out.delete(i);
  return [...out];
});
let tries = 0;
const options = (grid, i) => {
  const used = new Set(peers[i].map(p => grid[p]));
  return [1, 2, 3, 4, 5, 6, 7, 8, 9].filter(v => !used.has(v));
};
const solve = grid => {
  tries += 1;
  let best = -1;
  let choice = null;
  for (let i = 0; i < 81; i += 1) {
    if (grid[i] !== 0) continue;
    const o = options(grid, i);
    if (o.length === 0) return null;
    if (choice === null || o.length < choice.length) {
      best = i;
      choice = o;
      if (o.length === 1) break;
    }
  }
  if (best < 0) return grid;
  for (const v of choice) {
    const solved = solve(grid.with(best, v));
    if (solved) return solved;
  }
  return null;
};
const solved = solve([...PUZZLE].map(Number));
for (let r = 0; r < 9; r += 1) console.log(solved.slice(r * 9, r * 9 + 9).join(' '));
console.log(`${tries} tries`);

const MAZE = `#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#...#..E#
#########`;
const solve = text => {
  const grid = text.split('\n').map(l => [...l]);
  const find = c => {
    for (let y = 0; y < grid.length; y += 1) {
      const x = grid[y].indexOf(c);
      if (x >= 0) return [x, y];
    }
    throw new Error(`no ${c}`);
  };
  const start = find('S');
  const [ex, ey] = find('E');
  const from = new Map([[start.join(), null]]);
  const queue = [start];
  while (queue.length > 0) {
    const [x, y] = queue.shift();
    if (x === ex && y === ey) break;
    for (const [dx, dy] of [[0, -1], [1, 0], [0, 1], [-1, 0]]) {
      const next = [x + dx, y + dy];
      const [nx, ny] = next;
      if (grid[ny]?.[nx] === '#' || grid[ny]?.[nx] === undefined || from.has(next.join())) continue;
      from.set(next.join(), [x, y]);
      queue.push(next);
    }
  }
  if (!from.has(`${ex},${ey}`)) return 'no way out';
  let length = 0;
  for (let at = from.get(`${ex},${ey}`); at; at = from.get(at.join())) {
    const [x, y] = at;
    if (grid[y][x] === '.') grid[y][x] = '+';
    length += 1;
  }
  return `${grid.map(r => r.join('')).join('\n')}\n${length} steps, ${from.size} seen`;
};
console.log(solve(MAZE));
console.log(solve('#####\n#S#E#\n#####'));
try {
  solve('#S#');
} catch (e) {
  console.log(e.message);
}

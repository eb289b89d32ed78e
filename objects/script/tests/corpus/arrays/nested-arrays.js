const grid = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => 0));
grid[1][2] = 5;
grid[2][0] += 7;
console.log(grid.map(r => r.join(' ')).join('\n'));
const transpose = m => m[0].map((_, j) => m.map(r => r[j]));
console.log(JSON.stringify(transpose([[1, 2], [3, 4], [5, 6]])));

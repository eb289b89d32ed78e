const rows = [];
for (let y = -1.2; y <= 1.2; y += 0.3) {
  let row = '';
  for (let x = -2; x <= 0.6; x += 0.1) {
    let [a, b, n] = [0, 0, 0];
    while (a * a + b * b < 4 && n < 30) {
      [a, b] = [a * a - b * b + x, 2 * a * b + y];
      n += 1;
    }
    row += ' .:-=+*#%@'[Math.min(9, Math.floor(n / 3))];
  }
  rows.push(row.trimEnd());
}
console.log(rows.join('\n'));

const queens = n => {
  const found = [];
  const place = (rows, cols, d1, d2) => {
    const r = rows.length;
    if (r === n) {
      found.push(rows);
      return;
    }
    for (let c = 0; c < n; c += 1) {
      if (cols.has(c) || d1.has(r + c) || d2.has(r - c)) continue;
      place([...rows, c], new Set([...cols, c]), new Set([...d1, r + c]), new Set([...d2, r - c]));
    }
  };
  place([], new Set(), new Set(), new Set());
  return found;
};
for (let n = 1; n <= 6; n += 1) console.log(`${n}: ${queens(n).length}`);
for (const c of queens(6)[0]) console.log(Array.from({ length: 6 }, (_, i) => (i === c ? 'Q' : '.')).join(''));

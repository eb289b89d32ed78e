const CSV = `date,region,product,units,price
2024-01-05,north,tea,10,2.50
2024-01-06,south,"coffee, ground",4,7.25
2024-02-01,north,tea,3,2.50
2024-02-11,east,mug,1,12.00
2024-02-11,south,tea,,2.50
2024-03-02,north,"the ""big"" mug",2,15.75`;
const splitLine = line => {
  const cells = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i];
    if (quoted) {
      if (c === '"' && line[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else if (c === '"') quoted = false;
      else cell += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') {
      cells.push(cell);
      cell = '';
    } else cell += c;
  }
  return [...cells, cell];
};
const [head, ...lines] = CSV.split('\n').map(splitLine);
const rows = lines.map(cells => Object.fromEntries(head.map((h, i) => [h, cells[i]])));
const sales = rows.map(({ units, price, date, ...rest }) => ({ ...rest, month: date.slice(0, 7), total: Number(units) * Number(price) }));
const groupBy = (xs, f) =>
  xs.reduce((m, x) => {
    const k = f(x);
    return m.set(k, [...(m.get(k) ?? []), x]);
  }, new Map());
const sum = xs => xs.reduce((s, { total }) => s + total, 0);
for (const by of ['region', 'month', 'product']) {
  console.log(`by ${by}`);
  const groups = [...groupBy(sales, s => s[by])].map(([k, xs]) => [k, sum(xs), xs.length]).sort(([, a], [, b]) => b - a);
  for (const [k, total, n] of groups) console.log(`  ${k.padEnd(16)}${total.toFixed(2).padStart(8)} ${n}`);
}
console.log(`total ${sum(sales).toFixed(2)}, best ${sales.toSorted((a, b) => b.total - a.total)[0].product}`);
const pivot = groupBy(sales, s => s.region);
const months = [...new Set(sales.map(s => s.month))].sort();
for (const region of [...pivot.keys()].sort()) console.log(`${region}: ${months.map(m => sum(pivot.get(region).filter(s => s.month === m))).join(' ')}`);

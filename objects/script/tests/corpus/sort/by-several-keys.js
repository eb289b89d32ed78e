const rows = [{ n: 'x', a: 2 }, { n: 'y', a: 1 }, { n: 'a', a: 2 }, { n: 'b', a: 1 }];
const by = (...fs) => (p, q) => {
  for (const f of fs) {
    const [x, y] = [f(p), f(q)];
    if (x < y) return -1;
    if (x > y) return 1;
  }
  return 0;
};
console.log(rows.toSorted(by(r => r.a, r => r.n)).map(r => r.n + r.a).join());
console.log(rows.toSorted(by(r => -r.a)).map(r => r.n + r.a).join());
console.log(rows.map(r => r.n).join());

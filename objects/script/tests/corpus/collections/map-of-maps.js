const m = new Map();
const put = (a, b, v) => {
  if (!m.has(a)) m.set(a, new Map());
  m.get(a).set(b, v);
};
put('x', 1, 'x1');
put('x', 2, 'x2');
put('y', 1, 'y1');
for (const [k, inner] of m) console.log(`${k}: ${[...inner].map(([a, b]) => `${a}=${b}`).join()}`);

const height = n => (n ? n.h : 0);
const node = (k, v, l = null, r = null) => harden({ k, v, l, r, h: 1 + Math.max(height(l), height(r)) });
const right = n => node(n.l.k, n.l.v, n.l.l, node(n.k, n.v, n.l.r, n.r));
const left = n => node(n.r.k, n.r.v, node(n.k, n.v, n.l, n.r.l), n.r.r);
const balance = n => {
  const d = height(n.l) - height(n.r);
  if (d > 1) return right(height(n.l.l) >= height(n.l.r) ? n : node(n.k, n.v, left(n.l), n.r));
  if (d < -1) return left(height(n.r.r) >= height(n.r.l) ? n : node(n.k, n.v, n.l, right(n.r)));
  return n;
};
const put = (n, k, v) => {
  if (!n) return node(k, v);
  if (k === n.k) return node(k, v, n.l, n.r);
  return balance(k < n.k ? node(n.k, n.v, put(n.l, k, v), n.r) : node(n.k, n.v, n.l, put(n.r, k, v)));
};
const least = n => (n.l ? least(n.l) : n);
const remove = (n, k) => {
  if (!n) return null;
  if (k < n.k) return balance(node(n.k, n.v, remove(n.l, k), n.r));
  if (k > n.k) return balance(node(n.k, n.v, n.l, remove(n.r, k)));
  if (!n.l) return n.r;
  if (!n.r) return n.l;
  const m = least(n.r);
  return balance(node(m.k, m.v, n.l, remove(n.r, m.k)));
};
const entries = n => (n ? [...entries(n.l), [n.k, n.v], ...entries(n.r)] : []);
const valid = n => !n || (Math.abs(height(n.l) - height(n.r)) < 2 && valid(n.l) && valid(n.r));
let t = null;
const old = [];
for (let i = 0; i < 31; i += 1) {
  t = put(t, (i * 7) % 31, `v${i}`);
  old.push(t);
}
console.log(`${height(t)} ${entries(t).length} ${valid(t)} ${entries(t).slice(0, 4).join(' ')}`);
for (let i = 0; i < 31; i += 2) t = remove(t, i);
console.log(`${height(t)} ${entries(t).map(([k]) => k).join()} ${valid(t)}`);
console.log(`${old.map(o => entries(o).length).join()}`);
console.log(`${entries(remove(put(null, 1, 'x'), 1)).length} ${remove(null, 5)}`);

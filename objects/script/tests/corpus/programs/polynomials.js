const trim = p => {
  const q = [...p];
  while (q.length > 1 && q[q.length - 1] === 0) q.pop();
  return q;
};
const add = (a, b) => trim(Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0)));
const mul = (a, b) => {
  const out = Array.from({ length: a.length + b.length - 1 }, () => 0);
  a.forEach((x, i) => b.forEach((y, j) => (out[i + j] += x * y)));
  return trim(out);
};
const derive = p => trim(p.slice(1).map((c, i) => c * (i + 1)).concat(p.length === 1 ? [0] : []));
const at = (p, x) => p.reduceRight((acc, c) => acc * x + c, 0);
const show = p =>
  p
    .map((c, i) => [c, i])
    .filter(([c]) => c !== 0)
    .reverse()
    .map(([c, i], n) => {
      const sign = c < 0 ? (n ? ' - ' : '-') : n ? ' + ' : '';
      const k = Math.abs(c);
      return `${sign}${k === 1 && i > 0 ? '' : k}${i === 0 ? '' : i === 1 ? 'x' : `x^${i}`}`;
    })
    .join('') || '0';
const pow = (p, n) => (n === 0 ? [1] : mul(p, pow(p, n - 1)));
const p = [-1, 0, 2];
const q = [3, 1];
console.log([p, q, add(p, q), mul(p, q), derive(mul(p, q)), pow([1, 1], 5), [0], add(p, [1, 0, -2])].map(show).join(' ; '));
console.log(`${at(p, 3)} ${at(pow([1, 1], 5), 2)}`);
const bisect = (f, lo, hi, n = 40) => {
  const mid = (lo + hi) / 2;
  if (n === 0) return mid;
  return f(lo) * f(mid) <= 0 ? bisect(f, lo, mid, n - 1) : bisect(f, mid, hi, n - 1);
};
console.log(bisect(x => at(p, x), 0, 1).toFixed(8));

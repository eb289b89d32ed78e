const zeros = (r, c) => Array.from({ length: r }, () => Array.from({ length: c }, () => 0));
const identity = n => zeros(n, n).map((row, i) => row.map((_, j) => (i === j ? 1 : 0)));
const multiply = (a, b) => a.map(row => b[0].map((_, j) => row.reduce((s, x, k) => s + x * b[k][j], 0)));
const transpose = m => m[0].map((_, j) => m.map(row => row[j]));
const power = (m, n) => {
  let r = identity(m.length);
  let x = m;
  for (let k = n; k > 0; k >>= 1) {
    if (k & 1) r = multiply(r, x);
    x = multiply(x, x);
  }
  return r;
};
const determinant = m => {
  if (m.length === 1) return m[0][0];
  return m[0].reduce((s, x, j) => {
    const minor = m.slice(1).map(row => [...row.slice(0, j), ...row.slice(j + 1)]);
    return s + (j % 2 ? -1 : 1) * x * determinant(minor);
  }, 0);
};
const solve = (a, b) => {
  const m = a.map((row, i) => [...row, b[i]]);
  const n = m.length;
  for (let i = 0; i < n; i += 1) {
    let pivot = i;
    for (let r = i + 1; r < n; r += 1) if (Math.abs(m[r][i]) > Math.abs(m[pivot][i])) pivot = r;
    [m[i], m[pivot]] = [m[pivot], m[i]];
    if (m[i][i] === 0) throw new RangeError('singular');
    for (let r = 0; r < n; r += 1) {
      if (r !== i) {
        const f = m[r][i] / m[i][i];
        for (let c = i; c <= n; c += 1) m[r][c] -= f * m[i][c];
      }
    }
  }
  return m.map((row, i) => row[n] / row[i]);
};
const show = m => m.map(row => row.join(' ')).join(' / ');
const a = [[1, 2], [3, 4]];
console.log(show(multiply(a, [[0, 1], [1, 0]])));
console.log(show(transpose([[1, 2, 3], [4, 5, 6]])));
console.log(show(power([[1, 1], [1, 0]], 30)));
console.log(`${determinant([[2, 0, 1], [1, 3, 2], [1, 1, 4]])} ${determinant(identity(5))}`);
console.log(solve([[2, 1], [1, 3]], [3, 5]).map(x => x.toFixed(3)).join());
try {
  solve([[1, 2], [2, 4]], [1, 2]);
} catch (e) {
  console.log(e.message);
}

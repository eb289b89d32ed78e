const lcs = (a, b) => {
  const t = Array.from({ length: a.length + 1 }, () => Array.from({ length: b.length + 1 }, () => 0));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) t[i][j] = a[i] === b[j] ? t[i + 1][j + 1] + 1 : Math.max(t[i + 1][j], t[i][j + 1]);
  }
  return t;
};
const diff = (a, b) => {
  const t = lcs(a, b);
  const out = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      out.push(['=', a[i]]);
      i += 1;
      j += 1;
    } else if (j === b.length || (i < a.length && t[i + 1][j] >= t[i][j + 1])) {
      out.push(['-', a[i]]);
      i += 1;
    } else {
      out.push(['+', b[j]]);
      j += 1;
    }
  }
  return out;
};
const apply = (a, patch) => patch.filter(([k]) => k !== '-').map(([, l]) => l);
const before = 'one\ntwo\nthree\nfour\nfive'.split('\n');
const after = 'zero\none\nthree\n3.5\nfive\nsix'.split('\n');
const patch = diff(before, after);
for (const [k, l] of patch) console.log(`${k} ${l}`);
console.log(`${apply(before, patch).join() === after.join()} ${diff([], []).length} ${diff(['x'], []).join()} ${diff([], ['y']).join()}`);
const chars = diff([...'kitten'], [...'sitting']).map(([k, c]) => (k === '=' ? c : k === '-' ? `[-${c}]` : `[+${c}]`)).join('');
console.log(chars);

const permutations = xs => (xs.length < 2 ? [xs] : xs.flatMap((x, i) => permutations([...xs.slice(0, i), ...xs.slice(i + 1)]).map(p => [x, ...p])));
const combinations = (xs, k) => {
  if (k === 0) return [[]];
  if (xs.length < k) return [];
  const [x, ...rest] = xs;
  return [...combinations(rest, k - 1).map(c => [x, ...c]), ...combinations(rest, k)];
};
const powerset = xs => xs.reduce((sets, x) => [...sets, ...sets.map(s => [...s, x])], [[]]);
const product = (...ls) => ls.reduce((acc, l) => acc.flatMap(a => l.map(x => [...a, x])), [[]]);
console.log(permutations(['a', 'b', 'c']).map(p => p.join('')).join(' '));
console.log(combinations([1, 2, 3, 4], 2).map(p => p.join('')).join(' '));
console.log(powerset(['x', 'y', 'z']).map(s => `{${s.join()}}`).join(' '));
console.log(product([1, 2], ['a', 'b'], [true]).map(p => p.join('')).join(' '));
const partitions = (n, most = n) => (n === 0 ? [[]] : Array.from({ length: Math.min(n, most) }, (_, i) => i + 1).reverse().flatMap(k => partitions(n - k, k).map(p => [k, ...p])));
console.log(partitions(5).map(p => p.join('+')).join(' '));
console.log(`${permutations([1, 2, 3, 4, 5]).length} ${partitions(12).length}`);

const chunk = (xs, n) => (xs.length === 0 ? [] : [xs.slice(0, n), ...chunk(xs.slice(n), n)]);
console.log(JSON.stringify(chunk([1, 2, 3, 4, 5], 2)));
const zip = (...ls) => ls[0].map((_, i) => ls.map(l => l[i]));
console.log(JSON.stringify(zip([1, 2], ['a', 'b'], [true, false])));
const group = (xs, f) => {
  const out = {};
  for (const x of xs) (out[f(x)] ??= []).push(x);
  return out;
};
console.log(JSON.stringify(group(['apple', 'bob', 'avocado', 'cat'], s => s[0])));

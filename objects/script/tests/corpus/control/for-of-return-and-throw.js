const find = (xs, p) => {
  for (const x of xs) if (p(x)) return x;
  return 'none';
};
console.log(`${find([1, 2, 3], x => x > 1)} ${find([], x => x)}`);
const first = xs => {
  for (const x of xs) throw new Error(`threw ${x}`);
};
try {
  first('xy');
} catch (e) {
  console.log(e.message);
}

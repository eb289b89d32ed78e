try {
  throw { code: 7, info: { why: 'because' } };
} catch ({ code, info: { why }, extra = 'none' }) {
  console.log(`${code} ${why} ${extra}`);
}
try {
  throw ['a', 'b'];
} catch ([x, ...y]) {
  console.log(`${x} ${y.join()}`);
}

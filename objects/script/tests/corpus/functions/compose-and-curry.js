const compose = (...fs) => x => fs.reduceRight((v, f) => f(v), x);
const pipe = (...fs) => x => fs.reduce((v, f) => f(v), x);
const inc = n => n + 1;
const dbl = n => n * 2;
console.log(`${compose(inc, dbl)(5)} ${pipe(inc, dbl)(5)}`);
const curry = (f, n, got = []) =>
  (x => (got.length + 1 === n ? f(...got, x) : curry(f, n, [...got, x])));
console.log(curry((a, b, c) => `${a}${b}${c}`, 3)(1)(2)(3));

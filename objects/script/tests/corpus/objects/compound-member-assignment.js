const log = [];
const o = { n: 2, inner: { k: 'v' } };
const get = () => {
  log.push('get');
  return o;
};
const key = () => {
  log.push('key');
  return 'n';
};
get()[key()] += 3;
get()[key()] **= 2;
get()[key()]++;
o.inner.k += '!';
console.log(`${o.n} ${o.inner.k} ${log.join()}`);

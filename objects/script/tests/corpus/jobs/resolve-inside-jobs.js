const log = [];
const defer = () => {
  const d = {};
  d.promise = new Promise((resolve, reject) => {
    d.resolve = resolve;
    d.reject = reject;
  });
  return d;
};
const a = defer();
const b = defer();
a.promise.then(v => {
  log.push(`a ${v}`);
  b.resolve('from a');
  log.push('b resolved');
});
b.promise.then(v => log.push(`b ${v}`));
Promise.resolve().then(() => a.resolve('start'));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' | '));

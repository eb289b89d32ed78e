const log = [];
Promise.reject('r')
  .finally(() => log.push('finally'))
  .catch(e => log.push(`caught ${e}`));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'))
  .then(() => log.push('t5'));
for (let i = 0; i < 10; i += 1) await null;
console.log(log.join(' | '));

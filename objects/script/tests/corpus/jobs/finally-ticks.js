const log = [];
Promise.resolve()
  .finally(() => log.push('finally'))
  .then(() => log.push('after finally'));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'))
  .then(() => log.push('t5'));
for (let i = 0; i < 10; i += 1) await null;
console.log(log.join(' | '));

const log = [];
Promise.resolve()
  .then(() => Promise.resolve('inner'))
  .then(v => log.push(v));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'))
  .then(() => log.push('t5'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

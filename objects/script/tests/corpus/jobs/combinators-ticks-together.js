const log = [];
Promise.race([1]).then(() => log.push('race'));
Promise.any([1]).then(() => log.push('any'));
Promise.all([1]).then(() => log.push('all'));
Promise.allSettled([1]).then(() => log.push('settled'));
Promise.any([Promise.reject(1)]).catch(() => log.push('none'));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

const log = [];
Promise.all([1, 2]).then(() => log.push('all of plain'));
Promise.all([Promise.resolve(1)]).then(() => log.push('all of one promise'));
Promise.all([]).then(() => log.push('all of nothing'));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' | '));

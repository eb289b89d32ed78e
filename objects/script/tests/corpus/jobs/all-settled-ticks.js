const log = [];
Promise.allSettled([Promise.reject(1), 2]).then(r => log.push(r.map(x => x.status).join('/')));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' | '));

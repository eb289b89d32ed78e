const log = [];
const thenable = {
  then: resolve => {
    log.push('then called');
    resolve('thenable');
  },
};
Promise.resolve(thenable).then(v => log.push(v));
log.push('sync');
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' | '));

// Returning a promise costs two more jobs than returning its value.
const log = [];
const f = async () => Promise.resolve('promised');
f().then(v => log.push(v));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

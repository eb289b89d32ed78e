const log = [];
const f = async () => 'plain';
f().then(v => log.push(v));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'));
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(' '));

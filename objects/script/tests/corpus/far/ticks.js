const log = [];
const t = Far('t', { m: () => 'answered' });
E(t).m().then(v => log.push(v));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

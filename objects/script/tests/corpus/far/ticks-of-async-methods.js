const log = [];
const t = Far('t', { m: async () => 'async', p: () => Promise.resolve('promise') });
E(t).m().then(v => log.push(v));
E(t).p().then(v => log.push(v));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'))
  .then(() => log.push('t5'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

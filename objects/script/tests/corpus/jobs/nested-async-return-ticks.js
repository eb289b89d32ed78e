const log = [];
const inner = async () => 'v';
const viaReturn = async () => inner();
const viaAwait = async () => await inner();
viaReturn().then(() => log.push('return'));
viaAwait().then(() => log.push('await'));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

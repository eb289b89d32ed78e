const log = [];
Promise.reject('r').catch(e => log.push(`catch ${e}`)).then(() => log.push('after'));
Promise.reject('s').then(() => {}).then(() => {}).catch(e => log.push(`far ${e}`));
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' | '));

const log = [];
const p = Promise.resolve();
p.then(() => {
  log.push('a');
  throw 'x';
}).catch(e => log.push(`caught ${e}`));
p.then(() => log.push('b')).then(() => log.push('c'));
p.then(() => log.push('d'));
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(', '));

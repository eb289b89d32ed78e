const log = [];
const inner = Promise.resolve('inner');
new Promise(resolve => resolve(inner)).then(v => log.push(v));
inner.then(() => log.push('t1')).then(() => log.push('t2')).then(() => log.push('t3'));
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(' '));

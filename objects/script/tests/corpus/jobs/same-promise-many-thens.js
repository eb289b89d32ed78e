const p = Promise.resolve('v');
const log = [];
for (const n of [1, 2, 3]) p.then(v => log.push(`${v}${n}`));
const q = p.then(v => v + '!');
p.then(() => q.then(v => log.push(v)));
q.then(v => log.push(`direct ${v}`));
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(' '));

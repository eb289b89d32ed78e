const log = [];
const later = v => ({
  then(resolve) {
    log.push(`asked ${v}`);
    resolve(v);
  },
});
const f = async () => {
  log.push(await later('a'));
  log.push(await later('b'));
};
f();
Promise.resolve()
  .then(() => log.push('t1'))
  .then(() => log.push('t2'))
  .then(() => log.push('t3'))
  .then(() => log.push('t4'))
  .then(() => log.push('t5'));
for (let i = 0; i < 10; i += 1) await null;
console.log(log.join(' | '));

const log = [];
const viaAwait = async () => {
  await null;
  log.push('await 1');
  await null;
  log.push('await 2');
};
const viaThen = () =>
  Promise.resolve()
    .then(() => log.push('then 1'))
    .then(() => log.push('then 2'));
viaThen();
viaAwait();
viaThen();
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(', '));

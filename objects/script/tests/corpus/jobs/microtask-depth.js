const log = [];
const nest = n => {
  if (n === 0) return;
  Promise.resolve().then(() => {
    log.push(`in ${n}`);
    nest(n - 1);
    log.push(`out ${n}`);
  });
};
nest(3);
log.push('sync');
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(', '));

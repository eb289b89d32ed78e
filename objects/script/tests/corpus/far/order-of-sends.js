const log = [];
const target = Far('target', {
  go(x) {
    log.push(`go ${x}`);
    return x;
  },
});
E(target).go(1);
E(target).go(2);
log.push('sync');
await E(target).go(3);
log.push('after');
console.log(log.join(', '));

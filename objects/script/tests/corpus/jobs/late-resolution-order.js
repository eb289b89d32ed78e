const log = [];
let open;
const gate = new Promise(resolve => {
  open = resolve;
});
const waiter = async n => {
  log.push(`wait ${n}`);
  await gate;
  log.push(`go ${n}`);
};
const ws = [1, 2, 3].map(n => waiter(n));
gate.then(() => log.push('then'));
log.push('opening');
open();
log.push('opened');
await Promise.all(ws);
console.log(log.join(', '));

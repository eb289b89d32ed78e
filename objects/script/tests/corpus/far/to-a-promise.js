const log = [];
let open;
const p = new Promise(resolve => {
  open = resolve;
});
const answer = E(p).greet('Ann');
answer.then(v => log.push(v));
log.push('asked');
await null;
log.push('opening');
open(Far('greeter', { greet: n => `hello ${n}` }));
await answer;
console.log(log.join(', '));

const counter = Far('counter', { up: n => `up ${n}` });
const p = E(counter).up(1);
console.log('sent');
console.log(await p);

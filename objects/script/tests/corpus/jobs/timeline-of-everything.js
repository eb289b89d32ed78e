const log = [];
const say = s => log.push(s);
const f = async () => {
  say('f1');
  await g();
  say('f2');
};
const g = async () => {
  say('g1');
  await null;
  say('g2');
};
say('start');
f().then(() => say('f done'));
Promise.resolve().then(() => say('p1')).then(() => say('p2')).then(() => say('p3'));
new Promise(r => {
  say('exec');
  r();
})
  .then(() => {
    say('q1');
    return g();
  })
  .then(() => say('q2'));
say('end');
for (let i = 0; i < 12; i += 1) await null;
console.log(log.join(' '));

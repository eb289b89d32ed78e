const log = [];
let pass;
const turn = () =>
  new Promise(resolve => {
    pass = resolve;
  });
const player = async (name, n) => {
  for (let i = 0; i < n; i += 1) {
    log.push(`${name}${i}`);
    const prior = pass;
    const mine = turn();
    if (prior) prior();
    await mine;
  }
  pass?.();
};
player('ping', 3);
player('pong', 3);
for (let i = 0; i < 20; i += 1) await null;
console.log(log.join(' '));

let held = false;
const waiters = [];
const lock = async () => {
  while (held) await new Promise(resolve => waiters.push(resolve));
  held = true;
};
const unlock = () => {
  held = false;
  const next = waiters.shift();
  if (next) next();
};
const user = async name => {
  await lock();
  console.log(`${name} holds`);
  await null;
  await null;
  console.log(`${name} lets go`);
  unlock();
};
await Promise.all(['a', 'b', 'c'].map(user));

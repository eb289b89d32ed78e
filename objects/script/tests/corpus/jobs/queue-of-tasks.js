const makeQueue = () => {
  let last = Promise.resolve();
  return task => {
    const run = last.then(() => task());
    last = run.catch(() => undefined);
    return run;
  };
};
const queue = makeQueue();
const task = (name, n, bad) => async () => {
  console.log(`start ${name}`);
  for (let i = 0; i < n; i += 1) await null;
  console.log(`end ${name}`);
  if (bad) throw new Error(name);
  return name;
};
const rs = await Promise.allSettled([
  queue(task('a', 3)),
  queue(task('b', 1, true)),
  queue(task('c', 2)),
]);
console.log(rs.map(r => r.value ?? `!${r.reason.message}`).join());

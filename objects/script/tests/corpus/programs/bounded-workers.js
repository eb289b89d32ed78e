const makePool = size => {
  let busy = 0;
  const waiting = [];
  const log = [];
  const pump = () => {
    while (busy < size && waiting.length > 0) {
      const { name, task, resolve, reject } = waiting.shift();
      busy += 1;
      log.push(`+${name}`);
      task()
        .then(resolve, reject)
        .finally(() => {
          busy -= 1;
          log.push(`-${name}`);
          pump();
        });
    }
  };
  return {
    run: (name, task) =>
      new Promise((resolve, reject) => {
        waiting.push({ name, task, resolve, reject });
        pump();
      }),
    log,
  };
};
const ticks = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  if (v === 'bad') throw new Error('bad task');
  return v;
};
export const main = async () => {
  const pool = makePool(2);
  const jobs = [['a', 5], ['b', 2], ['c', 4, 'bad'], ['d', 1], ['e', 3]];
  const results = await Promise.allSettled(jobs.map(([name, n, v = name]) => pool.run(name, () => ticks(n, v))));
  for (let i = 0; i < 5; i += 1) await null;
  console.log(pool.log.join(' '));
  return results.map(r => r.value ?? r.reason.message);
};

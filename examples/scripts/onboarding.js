// Takes somebody in: tasks that depend on each other, as many at once as can be.

export const main = async ({ desks }, name, plan) => {
  const started = new Map();
  const run = (task) => {
    const known = started.get(task);
    if (known) return known;
    const { desk, after = [] } = plan[task];
    const promise = (async () => {
      const before = await Promise.all(after.map(run));
      return E(desks[desk]).handle(task, name, before);
    })();
    started.set(task, promise);
    return promise;
  };
  const tasks = Object.keys(plan);
  const outcomes = await Promise.allSettled(tasks.map(run));
  return harden(Object.fromEntries(outcomes.map(({ status, value, reason }, i) =>
    [tasks[i], status === 'fulfilled' ? value : `failed: ${reason.message}`])));
};

// A semaphore of closures: no more than so many tasks go on at once, and each frees its place.
const makeGate = (most) => {
  let free = most;
  const waiting = [];
  const enter = () => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => { waiting.push(resolve); });
  };
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  return {
    run: async (task) => {
      await enter();
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
};

export const main = async () => {
  const gate = makeGate(2);
  let inside = 0;
  let most = 0;
  const task = (name, turns) => async () => {
    inside += 1;
    most = Math.max(most, inside);
    console.log(`${name} begins, ${inside} inside`);
    for (let i = 0; i < turns; i += 1) await null;
    inside -= 1;
    if (name === 'c') throw new Error(`${name} fails`);
    console.log(`${name} ends`);
    return name.toUpperCase();
  };
  const names = ['a', 'b', 'c', 'd', 'e'];
  const results = await Promise.allSettled(names.map((name, at) => gate.run(task(name, 5 - at))));
  for (const { status, value, reason } of results) console.log(status, value ?? reason.message);
  return most;
};

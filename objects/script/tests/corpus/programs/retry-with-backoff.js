// Time is a power that is passed in: here a clock that is wound by hand.
const makeClock = () => {
  let now = 0;
  const sleepers = [];
  return {
    now: () => now,
    sleep: ms => new Promise(resolve => sleepers.push({ at: now + ms, resolve })),
    wind: async ms => {
      const end = now + ms;
      for (;;) {
        for (let i = 0; i < 10; i += 1) await null;
        const due = sleepers.filter(s => s.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!due) break;
        sleepers.splice(sleepers.indexOf(due), 1);
        now = due.at;
        due.resolve();
      }
      now = end;
    },
  };
};

const retry = async (clock, task, { times = 4, first = 100, factor = 2, most = 1000 } = {}) => {
  let wait = first;
  const errors = [];
  for (let n = 1; n <= times; n += 1) {
    try {
      return { value: await task(n), attempts: n };
    } catch (e) {
      errors.push(e.message);
      console.log(`${clock.now()} attempt ${n}: ${e.message}`);
      if (e.fatal || n === times) break;
      await clock.sleep(wait);
      wait = Math.min(wait * factor, most);
    }
  }
  throw new AggregateError(errors, `gave up at ${clock.now()}`);
};

const withTimeout = (clock, p, ms) =>
  Promise.race([
    p,
    clock.sleep(ms).then(() => {
      throw new Error(`timeout after ${ms}`);
    }),
  ]);

export const main = async () => {
  const clock = makeClock();
  const flaky = failures => async n => {
    if (n <= failures) throw new Error(`fails ${n}`);
    return `done at ${clock.now()}`;
  };
  const all = Promise.allSettled([
    retry(clock, flaky(0)),
    retry(clock, flaky(2)),
    retry(clock, flaky(9), { times: 3, first: 10 }),
    withTimeout(clock, new Promise(() => {}), 250),
    withTimeout(clock, clock.sleep(50).then(() => 'in time'), 250),
  ]);
  await clock.wind(5000);
  for (const r of await all) {
    console.log(r.status === 'fulfilled' ? JSON.stringify(r.value) : `${r.reason.name}: ${r.reason.message}`);
  }
  return clock.now();
};

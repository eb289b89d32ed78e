// What the tests of the examples use.

export const assert = (holds, what) => {
  if (!holds) throw new Error(`not so: ${what}`);
};

// A clock that stands still until it is told to pass.
export const fakeClock = () => {
  let now = 0;
  let timers = [];
  const settle = async () => {
    for (let turn = 0; turn < 60; turn += 1) await null;
  };
  const clock = Far('clock', {
    after: (ms) => new Promise((resolve) => { timers.push({ at: now + ms, resolve }); }),
  });
  const pass = async (ms) => {
    await settle();
    now += ms;
    const due = timers.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    timers = timers.filter(({ at }) => at > now);
    for (const { at, resolve } of due) resolve(at);
    await settle();
  };
  return { clock, pass };
};

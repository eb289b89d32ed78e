// A service that fails twice, a clock that keeps what it was asked, and a limit of attempts.
const makeClock = () => {
  const waits = [];
  return Far('clock', {
    after: async (ms) => { waits.push(ms); },
    waits: () => [...waits],
  });
};
const makeService = (failures) => {
  let calls = 0;
  return Far('service', {
    fetch: async (what) => {
      calls += 1;
      if (calls <= failures) throw new RangeError(`busy (${calls})`);
      return { what, calls };
    },
  });
};

const retry = async (attempt, clock, { attempts = 4, first = 100 } = {}) => {
  let wait = first;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      console.log(`attempt ${number}: ${error.name} ${error.message}`);
      if (number === attempts) throw new Error('gave up', { cause: error });
    }
    await E(clock).after(wait);
    wait *= 2;
  }
};

export const main = async () => {
  const clock = makeClock();
  const answer = await retry(() => E(makeService(0)).fetch('a'), clock);
  const service = makeService(2);
  const later = await retry(() => E(service, { within: 1000, note: 'the second' }).fetch('b'), clock);
  const hopeless = makeService(99);
  try {
    await retry((number) => E(hopeless).fetch(`c${number}`), clock, { attempts: 2 });
  } catch (error) {
    console.log(`${error.message}: ${error.cause.message}, ${error instanceof Error}`);
  }
  return [answer, later, await E(clock).waits()];
};

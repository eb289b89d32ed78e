export const test = async (main, { assert, fakeClock }) => {
  let calls = 0;
  const service = Far('service', {
    call: (request) => {
      calls += 1;
      if (calls < 3) throw new Error('busy');
      return `done: ${request}`;
    },
  });
  const time = fakeClock();
  const result = main(harden({ service, clock: time.clock }), 'print');
  await time.pass(1000);
  await time.pass(2000);
  const { answer, attempt } = await result;
  assert(answer === 'done: print' && attempt === 3, 'the third try');
  const broken = Far('broken', { call: () => { throw new Error('gone'); } });
  try {
    await main(harden({ service: broken, clock: time.clock }), 'print', harden({ tries: 1 }));
    assert(false, 'it must give up');
  } catch (error) {
    assert(error.message === 'gave up after 1 tries (1: gone)', error.message);
  }
};

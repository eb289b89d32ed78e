export const test = async (main, { assert, fakeClock }) => {
  const DAY = 24 * 3600 * 1000;
  let slip;
  const reminded = [];
  const reader = Far('reader', {
    lent: (title, it) => { slip = it; },
    remind: (title, left) => { reminded.push(left); },
  });
  const { clock, pass } = fakeClock();
  const { desk, owed } = await main(harden({ reader, clock }), harden({ title: 'Emma', days: 3, renewals: 2, fee: 5 }));
  await pass(DAY);
  assert((await E(slip).renew()) === 6, 'renewed');
  await E(desk).reserve();
  const refused = await E(slip).renew().catch((error) => error.message);
  assert(refused === 'somebody waits for it', refused);
  for (let day = 0; day < 7; day += 1) await pass(DAY);
  await E(slip).giveBack();
  assert((await owed) === 10, 'two days late');
  assert(reminded.join() === '2,2,-1,-2', reminded.join());
};

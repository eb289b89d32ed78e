export const test = async (main, { assert, fakeClock }) => {
  let desk;
  const announce = Far('announce', { auction: (what, it) => { desk = it; } });
  const { clock, pass } = fakeClock();
  const result = main(harden({ clock, announce }), harden({ what: 'vase', reserve: 100n, quiet: 60 }));
  await pass(30);
  const ann = E(desk).register('ann');
  const ben = E(desk).register('ben');
  assert((await E(ann).bid(100n)) === 100n, 'the reserve will do');
  const low = await E(ben).bid(100n).catch((error) => `${error.name}: ${error.message}`);
  assert(low === 'RangeError: more than 100, please', low);
  await pass(30);
  await E(ben).bid(10n ** 30n);
  await pass(60);
  await pass(60);
  const { sold, bidder, amount } = await result;
  assert(sold && bidder === 'ben' && amount === 10n ** 30n, 'ben has it');
  assert((await E(ann).bid(1n).catch((error) => error.message)) === 'sold', 'it is over');
};

export const test = async (main, { assert, fakeClock }) => {
  const got = [];
  const party = (name, thing) => Far(name, {
    deposit: () => thing,
    receive: (it) => { got.push(`${name}: ${it}`); },
  });
  const { clock, pass } = fakeClock();
  const fine = await main(harden({ alice: party('alice', 'stamp'), bob: party('bob', 'coin'), clock }), 1000);
  assert(fine === 'swapped' && got.join() === 'alice: coin,bob: stamp', got.join());
  got.length = 0;
  const never = main(harden({ alice: party('alice', 'stamp'), bob: party('bob', new Promise(() => {})), clock }), 1000);
  await pass(1000);
  assert((await never) === 'refunded: the time is over', 'no swap without both');
  await pass(1);
  assert(got.join() === 'alice: stamp', got.join());
};

export const test = async (main, { assert, fakeClock }) => {
  const told = [];
  let button;
  const notify = Far('notify', {
    tell: (text, acknowledge) => {
      told.push(text);
      button = acknowledge;
    },
  });
  const time = fakeClock();
  const result = main(harden({ clock: time.clock, notify }), harden({ what: 'water', first: 1000, least: 300 }));
  await time.pass(1000);
  await time.pass(500);
  assert(told.join() === 'water (1),water (2)', told.join());
  assert((await E(button).done()) === 'thank you', 'it thanks');
  await time.pass(300);
  assert((await result) === 2, 'and stops');
};

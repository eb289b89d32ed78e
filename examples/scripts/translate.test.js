export const test = async (main, { assert }) => {
  const helper = (name, good) => Far(name, {
    translate: (piece, to) => (good ? `${to}(${piece})` : piece),
    check: (piece, translated) => harden({ ok: translated !== piece }),
  });
  const helpers = { ann: helper('ann', true), bob: helper('bob', false), cat: helper('cat', true) };
  const { text, by } = await main(harden({ helpers }), 'One day it rained. Then it stopped. The end', harden({ to: 'fr', most: 20 }));
  assert(text === 'fr(One day it rained). fr(Then it stopped). fr(The end)', text);
  assert(by.join() === 'ann,cat,cat', by.join());
  const failed = await main(harden({ helpers: { bob: helper('bob', false) } }), 'x', harden({ to: 'fr' })).catch((error) => error.message);
  assert(failed === 'nobody can translate "x"', failed);
};

export const test = async (main, { assert }) => {
  const log = [];
  const note = (what) => (it) => {
    log.push(`${what} ${it}`);
    return it;
  };
  const stock = Far('stock', { reserve: note('reserve'), release: note('release') });
  const bank = Far('bank', { charge: note('charge'), refund: note('refund') });
  const post = Far('post', {
    ship: (item, address) => {
      if (address === 'nowhere') throw new Error('no such place');
      return note('ship')(item);
    },
    recall: note('recall'),
  });
  const powers = harden({ stock, bank, post });
  const good = await main(powers, harden({ item: 'lamp', price: 30, address: 'here' }));
  assert(good.ok && log.join() === 'reserve lamp,charge 30,ship lamp', log.join());
  log.length = 0;
  const bad = await main(powers, harden({ item: 'lamp', price: 30, address: 'nowhere' }));
  assert(!bad.ok && bad.why === 'no such place' && bad.undone === 2, bad.why);
  assert(log.join() === 'reserve lamp,charge 30,refund 30,release lamp', log.join());
};

export const test = async (main, { assert }) => {
  const DAY = 24 * 3600;
  const removed = [];
  const backups = Array.from({ length: 40 }, (_, day) => ({ name: `d${day}`, time: day * DAY + 60 }));
  const store = Far('store', {
    list: () => harden(backups.slice()),
    remove: (name) => {
      if (name === 'd1') throw new Error('locked');
      removed.push(name);
    },
  });
  const rules = { daily: 3, weekly: 3, monthly: 2 };
  const { kept, dropped } = await main(harden({ store }), harden({ ...rules, dry: true }));
  assert(kept.join() === 'd39,d38,d37,d34,d27,d29', kept.join());
  assert(dropped.length === 34 && removed.length === 0, 'a dry run removes nothing');
  try {
    await main(harden({ store }), harden(rules));
    assert(false, 'one is locked');
  } catch (error) {
    assert(error instanceof AggregateError && error.message === '1 of 34 stay', error.message);
    assert(error.errors[0].message === 'locked' && removed.length === 33, 'the others are gone');
  }
};

export const test = async (main, { assert }) => {
  const log = [];
  const desk = (name) => Far(name, {
    handle: (task, who, before) => {
      log.push(task);
      if (task === 'car') throw new Error('none left');
      return `${task} of ${who}${before.length > 0 ? ` with ${before.join(' and ')}` : ''}`;
    },
  });
  const plan = {
    desk: { desk: 'house', after: ['badge'] },
    account: { desk: 'systems' },
    badge: { desk: 'house', after: ['account'] },
    car: { desk: 'fleet' },
    parking: { desk: 'house', after: ['car', 'badge'] },
  };
  const done = await main(harden({ desks: { house: desk('house'), systems: desk('systems'), fleet: desk('fleet') } }), 'kim', harden(plan));
  assert(done.desk === 'desk of kim with badge of kim with account of kim', done.desk);
  assert(done.car === 'failed: none left' && done.parking === 'failed: none left', done.parking);
  assert(log.indexOf('account') < log.indexOf('badge') && log.indexOf('badge') < log.indexOf('desk'), log.join());
  assert(!log.includes('parking'), 'what cannot be is not tried');
};

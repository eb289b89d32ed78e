// An auction that ends once nobody has bid for a while.

export const main = async ({ clock, announce }, { what, reserve, quiet }) => {
  let best = { bidder: null, amount: reserve - 1n };
  let bids = 0;
  let open = true;
  const paddle = (bidder) => Far('paddle', {
    bid: (amount) => {
      if (!open) throw new Error('sold');
      if (typeof amount !== 'bigint') throw new TypeError('bids are integers');
      if (amount <= best.amount) throw new RangeError(`more than ${best.amount}, please`);
      best = { bidder, amount };
      bids += 1;
      return amount;
    },
  });
  await E(announce).auction(what, Far('desk', { register: (name) => paddle(`${name}`) }));
  for (;;) {
    const before = bids;
    await E(clock).after(quiet);
    if (bids === before) break;
  }
  open = false;
  return harden(best.bidder === null ? { sold: false } : { sold: true, ...best });
};

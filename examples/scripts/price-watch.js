// Listens to a stream of prices and buys once the mean of the last few is low enough.

export const main = async ({ feed, broker }, { window, limit, budget }) => {
  const last = [];
  let decide;
  const decided = new Promise((resolve) => { decide = resolve; });
  const subscription = await E(feed).subscribe(Far('listener', {
    price: (price) => {
      last.push(price);
      if (last.length > window) last.shift();
      const mean = last.reduce((sum, each) => sum + each, 0) / last.length;
      if (last.length === window && mean <= limit) decide(mean);
    },
  }));
  const mean = await decided;
  await E(subscription).cancel();
  const amount = Math.floor(budget / mean);
  const order = await E(broker).buy(amount);
  return harden({ order, amount, mean });
};

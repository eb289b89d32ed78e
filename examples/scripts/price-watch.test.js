export const test = async (main, { assert }) => {
  let listener;
  let cancelled = 0;
  const feed = Far('feed', {
    subscribe: (it) => {
      listener = it;
      return Far('subscription', { cancel: () => { cancelled += 1; } });
    },
  });
  const broker = Far('broker', { buy: (amount) => `order of ${amount}` });
  const result = main(harden({ feed, broker }), harden({ window: 3, limit: 10, budget: 100 }));
  while (listener === undefined) await null;
  for (const price of [9, 14, 13, 9, 8, 7]) await E(listener).price(price);
  const { order, amount, mean } = await result;
  assert(mean === 10 && amount === 10 && order === 'order of 10', `${order} at ${mean}`);
  assert(cancelled === 1, 'it does not listen on');
};

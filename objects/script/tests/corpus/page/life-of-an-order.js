// A machine of states as data; what is not foreseen is an error that says so.
const rules = harden({
  new: { pay: 'paid', cancel: 'cancelled' },
  paid: { ship: 'shipped', refund: 'cancelled' },
  shipped: { deliver: 'done' },
  done: {},
  cancelled: {},
});

const makeOrder = ({ id, items = [], ...options }) => {
  let state = 'new';
  const history = [];
  const total = items.reduce((sum, { price, count = 1 }) => sum + price * BigInt(count), 0n);
  const happen = (event, note) => {
    const to = rules[state]?.[event];
    if (to === undefined) {
      const known = Object.keys(rules[state]).join(' or ') || 'nothing';
      throw new Error(`order ${id} is ${state}: ${event} is not possible, but ${known}`);
    }
    history.push({ from: state, to, note: note ?? null });
    state = to;
    return state;
  };
  return { happen, total: () => total, report: () => ({ id, state, steps: history.length, ...options }) };
};

export const main = async () => {
  const order = makeOrder({ id: 7, items: [{ price: 250n, count: 2 }, { price: 99n }], gift: true });
  console.log(`${order.total()}`);
  for (const event of ['ship', 'pay', 'ship', 'deliver', 'cancel']) {
    try {
      console.log(`${event}: ${order.happen(event, event === 'pay' ? 'by card' : undefined)}`);
    } catch (error) {
      console.log(error.message);
    }
  }
  switch (order.report().state) {
    case 'done':
    case 'cancelled':
      console.log('closed');
      break;
    default:
      console.log('open');
  }
  const { steps, ...rest } = order.report();
  console.log(JSON.stringify(rest), String(steps));
  return order.report();
};

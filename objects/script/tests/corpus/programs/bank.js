// Purses of one mint: money moves only between purses that the mint made.
const makeMint = name => {
  const balances = new Map();
  const makePurse = start => {
    const purse = Far(`${name} purse`, {
      balance: () => balances.get(purse),
      sprout: () => makePurse(0),
      deposit(amount, from) {
        if (!balances.has(from)) throw new TypeError('not a purse of this mint');
        if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`bad amount ${amount}`);
        const has = balances.get(from);
        if (has < amount) throw new RangeError(`only ${has}`);
        balances.set(from, has - amount);
        balances.set(purse, balances.get(purse) + amount);
        return amount;
      },
    });
    balances.set(purse, start);
    return purse;
  };
  return harden({ makePurse });
};

const report = async (name, purse) => console.log(`${name}: ${await E(purse).balance()}`);

export const main = async () => {
  const mint = makeMint('dollar');
  const other = makeMint('monopoly');
  const alice = mint.makePurse(100);
  const bob = mint.makePurse(5);
  const fake = other.makePurse(1000000);

  const payment = await E(alice).sprout();
  await E(payment).deposit(30, alice);
  await report('alice', alice);
  await report('payment', payment);
  await E(bob).deposit(30, payment);
  await report('bob', bob);

  const attempts = {
    'too much': () => E(bob).deposit(1000, alice),
    'another mint': () => E(bob).deposit(10, fake),
    negative: () => E(bob).deposit(-5, alice),
    fraction: () => E(bob).deposit(0.5, alice),
    text: () => E(bob).deposit('5', alice),
    'no purse': () => E(bob).deposit(1, {}),
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    try {
      await attempt();
      console.log(`${what} worked`);
    } catch (e) {
      console.log(`${what}: ${e.name}: ${e.message}`);
    }
  }
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => E(bob).deposit(20, alice)));
  console.log(results.map(r => r.status[0]).join(''));
  await report('alice', alice);
  await report('bob', bob);
  return (await E(alice).balance()) + (await E(bob).balance());
};

export const test = async (main, { assert }) => {
  const asked = [];
  const boss = Far('boss', {
    allow: (what, amount) => {
      asked.push(what);
      return amount < 100;
    },
  });
  const table = `kind, what, amount
travel, "Train, there and back", 80
travel, Taxi, 30.5
food, Dinner, 220

food, Tea, three
`;
  const report = await main(harden({ boss }), table, harden({ travel: 50, food: 40 }));
  assert(report.paid === 110.5, String(report.paid));
  assert(JSON.stringify(report.kinds) === '{"travel":110.5}', JSON.stringify(report.kinds));
  assert(report.refused.join('; ') === 'Dinner: 220 is more than 40; Tea: "three" is no amount', report.refused.join('; '));
  assert(asked.join('; ') === 'Train, there and back; Dinner', asked.join('; '));
};

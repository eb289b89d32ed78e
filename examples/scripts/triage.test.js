export const test = async (main, { assert }) => {
  const opened = [];
  const desk = (name) => Far(name, { open: ({ subject }) => { opened.push(`${name}: ${subject}`); } });
  const desks = { money: desk('money'), login: desk('login'), outage: desk('outage'), other: desk('other') };
  const result = await main(harden({ desks }), harden([
    'Hello, a question\nabout boats.',
    'I was charged twice for order #2026-17 and order 2026-4711. Please refund.',
    'EVERYTHING is down!! 503 errors, and we cannot pay. URGENT!',
    'My password is lost',
  ]));
  assert(result.join('; ') === 'outage 15; money 2 2026/00017+2026/04711; login 1; other 0', result.join('; '));
  assert(opened.includes('other: Hello, a question about boats.'), opened.join('; '));
};

export const test = async (main, { assert }) => {
  const sent = [];
  const mail = Far('mail', { send: (...letter) => { sent.push(letter); } });
  const { total, text } = await main(harden({ mail }), harden({
    customer: 'carol',
    vat: 19n,
    lines: [
      { what: 'Tea', count: 3n, each: 4_50n },
      { what: 'Very large order', count: 1_000_000_000_000n, each: 9_99n },
    ],
  }));
  assert(total === 1_188_810_000_001_607n, String(total));
  assert(text.split('\n')[0].split(/ +/).join(' ') === 'Tea 3 x 4.50 13.50', text);
  assert(new Set(text.split('\n').map((line) => line.length)).size === 1, 'the columns are lined up');
  assert(sent.length === 1 && sent[0][0] === 'carol', 'it is sent');
};

// Writes an invoice: exact cents in big integers, columns lined up, sent to the customer.

const euros = (cents) => {
  const sign = cents < 0n ? '-' : '';
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

// Rounds half away from zero.
const percent = (cents, rate) => (cents * rate + (cents < 0n ? -50n : 50n)) / 100n;

export const main = async ({ mail }, { customer, lines, vat }) => {
  const rows = lines.map(({ what, count, each }) => [what, `${count} x ${euros(each)}`, count * each]);
  const net = rows.reduce((sum, [, , amount]) => sum + amount, 0n);
  const tax = percent(net, vat);
  const all = [...rows, ['Net', '', net], [`VAT ${vat} %`, '', tax], ['To pay', '', net + tax]];
  const width = (column) => Math.max(...all.map((row) => String(row[column]).length));
  const [first, second] = [width(0), width(1)];
  const money = Math.max(...all.map(([, , amount]) => euros(amount).length));
  const text = all
    .map(([what, how, amount]) =>
      `${what.padEnd(first)}  ${how.padEnd(second)}  ${euros(amount).padStart(money)}`)
    .join('\n');
  await E(mail).send(customer, 'Invoice', text);
  return harden({ total: net + tax, text });
};

// Reads expenses from a table with commas, checks them against limits, and asks about the rest.

const cells = (line) => {
  const found = [];
  let cell = '';
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...found, cell.trim()];
};

const parse = (table) => {
  const [head, ...rows] = table.split('\n').filter((line) => line.trim() !== '').map(cells);
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
};

export const main = async ({ boss }, table, limits) => {
  const report = { paid: 0, refused: [], kinds: {} };
  for (const { kind, what, amount: written } of parse(table)) {
    const amount = Number(written);
    if (!Number.isFinite(amount) || amount <= 0) {
      report.refused.push(`${what}: "${written}" is no amount`);
      continue;
    }
    const limit = limits[kind] ?? 0;
    if (amount > limit && !(await E(boss).allow(what, amount, limit))) {
      report.refused.push(`${what}: ${amount} is more than ${limit}`);
      continue;
    }
    report.paid += amount;
    report.kinds[kind] = (report.kinds[kind] ?? 0) + amount;
  }
  return harden(report);
};

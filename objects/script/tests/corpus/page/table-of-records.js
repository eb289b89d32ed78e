// args: ["name,amount,note\nAnn,12.50,\"tea, green\"\nBob,-3,\"said \"\"no\"\"\"\n\nEve,,plain\r\n"]
const parse = (text) => {
  const rows = [[]];
  let field = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted) {
      if (char === '"' && text[i + 1] === '"') { field += '"'; i += 1; }
      else if (char === '"') quoted = false;
      else field += char;
    } else if (char === '"') {
      quoted = true;
    } else if (char === ',' || char === '\n') {
      rows.at(-1).push(field);
      field = '';
      if (char === '\n') rows.push([]);
    } else if (char !== '\r') {
      field += char;
    }
  }
  rows.at(-1).push(field);
  return rows.filter((row) => row.some((it) => it !== ''));
};

export const main = async (text) => {
  const [names, ...rows] = parse(text);
  const records = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ''])));
  let total = 0;
  for (const { name, amount, note } of records) {
    const number = amount === '' ? 0 : Number(amount);
    if (Number.isNaN(number)) throw new TypeError(`no amount: ${amount}`);
    total += number;
    console.log([name.padEnd(5), number.toFixed(2).padStart(8), note].join(' | '));
  }
  console.log(`total ${total.toFixed(2)}`);
  return records;
};

// args: [["1 + 2 * 3", "(1 + 2) * 3 - -4", "2 ** 3 ** 2", "10 / 4 % 2", "1 +", "3 $ 4", "((7)"]]
const tokens = (text) => {
  const pattern = /\s*(?:(\d+(?:\.\d+)?)|(\*\*|[-+*\/%()]))/y;
  const found = [];
  while (text.slice(pattern.lastIndex).trim() !== '') {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) throw new SyntaxError(`what is ${text.slice(at).trim()[0]}?`);
    const [, number, sign] = match;
    found.push(number === undefined ? sign : Number(number));
  }
  return found;
};

const evaluate = (text) => {
  const all = tokens(text);
  let at = 0;
  const next = () => all[at++];
  const primary = () => {
    const token = next();
    if (typeof token === 'number') return token;
    if (token === '-') return -primary();
    if (token === '(') {
      const value = sum();
      if (next() !== ')') throw new SyntaxError('a ) is missing');
      return value;
    }
    throw new SyntaxError(token === undefined ? 'it ends too early' : `not here: ${token}`);
  };
  const power = () => {
    const base = primary();
    if (all[at] !== '**') return base;
    next();
    return base ** power();
  };
  const leftward = (operand, table) => () => {
    let value = operand();
    while (Object.hasOwn(table, all[at])) value = table[next()](value, operand());
    return value;
  };
  const product = leftward(power, { '*': (a, b) => a * b, '/': (a, b) => a / b, '%': (a, b) => a % b });
  const sum = leftward(product, { '+': (a, b) => a + b, '-': (a, b) => a - b });
  const value = sum();
  if (at < all.length) throw new SyntaxError(`not here: ${all[at]}`);
  return value;
};

export const main = async (lines) => {
  for (const line of lines) {
    try {
      console.log(`${line} = ${evaluate(line)}`);
    } catch (error) {
      console.log(`${line}: ${error.name}, ${error.message}`);
    }
  }
};

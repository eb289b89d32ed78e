// A recursive descent parser and evaluator of arithmetic.
const tokenize = text => {
  const tokens = [];
  let i = 0;
  while (i < text.length) {
    const c = text[i];
    if (c === ' ') {
      i += 1;
    } else if ('+-*/^()%,'.includes(c)) {
      tokens.push({ kind: c, at: i });
      i += 1;
    } else if ((c >= '0' && c <= '9') || c === '.') {
      let j = i;
      while (j < text.length && ((text[j] >= '0' && text[j] <= '9') || text[j] === '.')) j += 1;
      tokens.push({ kind: 'number', value: Number(text.slice(i, j)), at: i });
      i = j;
    } else if (/[a-z]/i.test(c)) {
      let j = i;
      while (j < text.length && /\w/.test(text[j])) j += 1;
      tokens.push({ kind: 'name', value: text.slice(i, j), at: i });
      i = j;
    } else {
      throw new SyntaxError(`unexpected ${c} at ${i}`);
    }
  }
  tokens.push({ kind: 'end', at: text.length });
  return tokens;
};

const FUNCTIONS = harden({
  max: (...xs) => Math.max(...xs),
  min: (...xs) => Math.min(...xs),
  sqrt: x => Math.sqrt(x),
  abs: x => Math.abs(x),
});

const evaluate = (text, names = {}) => {
  const tokens = tokenize(text);
  let pos = 0;
  const peek = () => tokens[pos].kind;
  const take = kind => {
    if (peek() !== kind) throw new SyntaxError(`expected ${kind}, found ${peek()} at ${tokens[pos].at}`);
    pos += 1;
    return tokens[pos - 1];
  };
  const primary = () => {
    switch (peek()) {
      case 'number':
        return take('number').value;
      case '(': {
        take('(');
        const v = sum();
        take(')');
        return v;
      }
      case '-':
        take('-');
        return -power();
      case 'name': {
        const { value: name } = take('name');
        if (peek() !== '(') {
          if (!(name in names)) throw new ReferenceError(`no name ${name}`);
          return names[name];
        }
        take('(');
        const args = [];
        while (peek() !== ')') {
          args.push(sum());
          if (peek() === ',') take(',');
        }
        take(')');
        const f = FUNCTIONS[name];
        if (!f) throw new ReferenceError(`no function ${name}`);
        return f(...args);
      }
      default:
        throw new SyntaxError(`unexpected ${peek()} at ${tokens[pos].at}`);
    }
  };
  const power = () => {
    const base = primary();
    if (peek() !== '^') return base;
    take('^');
    return base ** power();
  };
  const product = () => {
    let v = power();
    for (;;) {
      switch (peek()) {
        case '*':
          take('*');
          v *= power();
          break;
        case '/':
          take('/');
          v /= power();
          break;
        case '%':
          take('%');
          v %= power();
          break;
        default:
          return v;
      }
    }
  };
  const sum = () => {
    let v = product();
    while (peek() === '+' || peek() === '-') {
      if (take(peek()).kind === '+') v += product();
      else v -= product();
    }
    return v;
  };
  const result = sum();
  take('end');
  return result;
};

const inputs = ['1 + 2 * 3', '(1 + 2) * 3', '2 ^ 3 ^ 2', '-2 ^ 2', '10 / 4 - 1', '7 % 4 * 2', 'max(1, x, 3) + min(4, 2)', 'sqrt(16) + abs(-5)', '1 +', '2 $ 3', 'y + 1', '(1', 'foo(1)', '1 2'];
for (const text of inputs) {
  try {
    console.log(`${text} = ${evaluate(text, { x: 9 })}`);
  } catch (e) {
    console.log(`${text}: ${e.name}: ${e.message}`);
  }
}

// A parser of JSON, written out and compared with the one built in.
const parse = text => {
  let i = 0;
  const fail = why => {
    throw new SyntaxError(`${why} at ${i}`);
  };
  const blank = () => {
    while (i < text.length && ' \t\n\r'.includes(text[i])) i += 1;
  };
  const expect = c => {
    if (text[i] !== c) fail(`expected ${c}`);
    i += 1;
  };
  const word = (w, v) => {
    if (text.slice(i, i + w.length) !== w) fail(`expected ${w}`);
    i += w.length;
    return v;
  };
  const string = () => {
    expect('"');
    let out = '';
    while (text[i] !== '"') {
      if (i >= text.length) fail('unended string');
      if (text[i] === '\\') {
        i += 1;
        const c = text[i];
        if (c === 'u') {
          out += String.fromCharCode(parseInt(text.slice(i + 1, i + 5), 16));
          i += 5;
        } else {
          out += { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[c] ?? c;
          i += 1;
        }
      } else {
        out += text[i];
        i += 1;
      }
    }
    expect('"');
    return out;
  };
  const number = () => {
    const m = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
    m.lastIndex = i;
    const found = m.exec(text);
    if (!found) fail('expected a value');
    i += found[0].length;
    return Number(found[0]);
  };
  const list = (open, close, item) => {
    expect(open);
    blank();
    if (text[i] === close) {
      i += 1;
      return;
    }
    for (;;) {
      item();
      blank();
      if (text[i] === close) break;
      expect(',');
      blank();
    }
    i += 1;
  };
  const value = () => {
    blank();
    switch (text[i]) {
      case '{': {
        const o = {};
        list('{', '}', () => {
          const k = string();
          blank();
          expect(':');
          o[k] = value();
        });
        return o;
      }
      case '[': {
        const a = [];
        list('[', ']', () => {
          a.push(value());
        });
        return a;
      }
      case '"':
        return string();
      case 't':
        return word('true', true);
      case 'f':
        return word('false', false);
      case 'n':
        return word('null', null);
      default:
        return number();
    }
  };
  const v = value();
  blank();
  if (i < text.length) fail('more text');
  return v;
};

const samples = ['{"a": [1, 2.5e3, -7], "b": {"c": null}}', '"q\\"\\u00e9\\n"', '[]', '{}', '[[[]]]', 'true', ' [1 , 2 ] ', '{"k":"v","n":0.001}'];
for (const s of samples) {
  console.log(`${JSON.stringify(parse(s))} ${JSON.stringify(parse(s)) === JSON.stringify(JSON.parse(s))}`);
}
for (const s of ['[1,', '{"a"}', '"x', 'nul', '1 2', '']) {
  try {
    parse(s);
  } catch (e) {
    console.log(`${s} -> ${e.message}`);
  }
}

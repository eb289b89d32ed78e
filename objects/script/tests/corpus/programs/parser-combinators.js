const ok = (value, rest) => ({ ok: true, value, rest });
const fail = (expected, at) => ({ ok: false, expected, at });
const char = c => s => (s.text[s.i] === c ? ok(c, { ...s, i: s.i + 1 }) : fail(`'${c}'`, s.i));
const pattern = (re, name) => s => {
  const sticky = re;
  sticky.lastIndex = s.i;
  const m = sticky.exec(s.text);
  return m ? ok(m[0], { ...s, i: s.i + m[0].length }) : fail(name, s.i);
};
const map = (p, f) => s => {
  const r = p(s);
  return r.ok ? ok(f(r.value), r.rest) : r;
};
const seq = (...ps) => s => {
  const values = [];
  let at = s;
  for (const p of ps) {
    const r = p(at);
    if (!r.ok) return r;
    values.push(r.value);
    at = r.rest;
  }
  return ok(values, at);
};
const alt = (...ps) => s => {
  let best = fail('nothing', -1);
  for (const p of ps) {
    const r = p(s);
    if (r.ok) return r;
    if (r.at > best.at) best = r;
    else if (r.at === best.at) best = fail(`${best.expected} or ${r.expected}`, r.at);
  }
  return best;
};
const many = p => s => {
  const values = [];
  let at = s;
  for (;;) {
    const r = p(at);
    if (!r.ok) return ok(values, at);
    values.push(r.value);
    at = r.rest;
  }
};
const sepBy = (p, sep) => alt(map(seq(p, many(map(seq(sep, p), ([, v]) => v))), ([x, xs]) => [x, ...xs]), s => ok([], s));
const lazy = f => s => f()(s);
const token = p => map(seq(p, pattern(/\s*/y, 'space')), ([v]) => v);

const number = token(map(pattern(/-?\d+(?:\.\d+)?/y, 'number'), Number));
const name = token(pattern(/[a-z]\w*/y, 'name'));
const sym = c => token(char(c));
const list = map(seq(sym('['), sepBy(lazy(() => value), sym(',')), sym(']')), ([, vs]) => vs);
const pair = map(seq(name, sym(':'), lazy(() => value)), ([k, , v]) => [k, v]);
const record = map(seq(sym('{'), sepBy(pair, sym(',')), sym('}')), ([, ps]) => Object.fromEntries(ps));
const value = alt(number, map(name, n => `@${n}`), list, record);

const parse = text => {
  const r = value({ text, i: 0 });
  if (!r.ok) return `expected ${r.expected} at ${r.at}`;
  if (r.rest.i < text.length) return `unexpected text at ${r.rest.i}`;
  return JSON.stringify(r.value);
};
for (const t of ['42', '[1, -2.5, x]', '{a: 1, b: {c: [ ]}}', '[1, 2', '{a 1}', '?', '[1,,2]', 'x y']) console.log(`${t} => ${parse(t)}`);

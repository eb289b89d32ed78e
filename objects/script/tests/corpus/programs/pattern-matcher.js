// Regular expressions by derivatives, written in the language itself.
const NONE = { kind: 'none' };
const EMPTY = { kind: 'empty' };
const lit = c => ({ kind: 'lit', c });
const seq = (a, b) => {
  if (a === NONE || b === NONE) return NONE;
  if (a === EMPTY) return b;
  if (b === EMPTY) return a;
  return { kind: 'seq', a, b };
};
const alt = (a, b) => (a === NONE ? b : b === NONE ? a : { kind: 'alt', a, b });
const star = a => (a === NONE || a === EMPTY ? EMPTY : { kind: 'star', a });
const nullable = r => {
  switch (r.kind) {
    case 'empty':
    case 'star':
      return true;
    case 'seq':
      return nullable(r.a) && nullable(r.b);
    case 'alt':
      return nullable(r.a) || nullable(r.b);
    default:
      return false;
  }
};
const derive = (r, c) => {
  switch (r.kind) {
    case 'lit':
      return r.c === c || r.c === '.' ? EMPTY : NONE;
    case 'seq': {
      const d = seq(derive(r.a, c), r.b);
      return nullable(r.a) ? alt(d, derive(r.b, c)) : d;
    }
    case 'alt':
      return alt(derive(r.a, c), derive(r.b, c));
    case 'star':
      return seq(derive(r.a, c), r);
    default:
      return NONE;
  }
};
const parse = src => {
  let i = 0;
  const alternation = () => {
    let r = sequence();
    while (src[i] === '|') {
      i += 1;
      r = alt(r, sequence());
    }
    return r;
  };
  const sequence = () => {
    let r = EMPTY;
    while (i < src.length && src[i] !== '|' && src[i] !== ')') r = seq(r, postfix());
    return r;
  };
  const postfix = () => {
    let r = atom();
    for (;;) {
      if (src[i] === '*') r = star(r);
      else if (src[i] === '+') r = seq(r, star(r));
      else if (src[i] === '?') r = alt(r, EMPTY);
      else return r;
      i += 1;
    }
  };
  const atom = () => {
    if (src[i] === '(') {
      i += 1;
      const r = alternation();
      if (src[i] !== ')') throw new SyntaxError(`missing ) at ${i}`);
      i += 1;
      return r;
    }
    i += 1;
    return lit(src[i - 1]);
  };
  const r = alternation();
  if (i < src.length) throw new SyntaxError(`unexpected ${src[i]} at ${i}`);
  return r;
};
const matches = (src, text) => nullable([...text].reduce(derive, parse(src)));
const cases = { 'a*b': ['b', 'aaab', 'aaa', ''], '(ab|c)+': ['ab', 'cab', 'abc', 'a', ''], 'x.?y': ['xy', 'xzy', 'xzzy'], '(a|b)*abb': ['abb', 'aababb', 'ab'], '': ['', 'a'] };
for (const [src, texts] of Object.entries(cases)) console.log(`${src}: ${texts.map(t => `${t || 'empty'}=${matches(src, t) ? 1 : 0}`).join(' ')}`);
console.log(`${matches('(a?)*b', 'a'.repeat(30))} ${matches('(a|a)*', 'a'.repeat(20))}`);
for (const bad of ['(a', 'a)']) {
  try {
    parse(bad);
  } catch (e) {
    console.log(e.message);
  }
}

let steps = 0;
let printed = 0;
const print = text => {
  printed += 1;
  if (printed <= 300) console.log(text.slice(0, 300));
};
const tick = () => {
  steps += 1;
  if (steps > 3000) throw new RangeError('too many steps');
};
const show = (v, depth = 0) => {
  const all = xs => [...xs].map(x => show(x, depth + 1)).join(', ');
  if (typeof v === 'string') return JSON.stringify(v);
  if (typeof v === 'bigint') return `${v}n`;
  if (Object.is(v, -0)) return '-0';
  if (typeof v === 'function') return 'function';
  if (typeof v !== 'object' || v === null) return String(v);
  if (depth > 3) return '...';
  if (Array.isArray(v)) return `[${all(v)}]`;
  if (v instanceof Error) return v.name;
  if (v instanceof Map) return `Map(${[...v].map(([k, x]) => `${show(k)} => ${show(x, depth + 1)}`).join(', ')})`;
  if (v instanceof Set) return `Set(${all(v)})`;
  if (v instanceof Promise) return 'promise';
  return `{${Object.entries(v).map(([k, x]) => `${k}: ${show(x, depth + 1)}`).join(', ')}}`;
};
const clip = v => {
  if (typeof v === 'string') return v.slice(0, 40);
  if (typeof v === 'bigint') return BigInt.asIntN(96, v);
  if (Array.isArray(v)) return v.slice(0, 8);
  return v;
};
const later = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  return v;
};
const never = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  throw v;
};
const target = Far('target', { echo: v => v, slow: v => later(2, v), bad: v => never(1, v) });
try {
  const f1 = (a2, a3 = ({})?.[0], ...r4) => {
    tick();
    print(show(r4.unshift(a2)));
    if (((p5 = a3) => a3)(({ 1: a2, key: 0 })?.key, 'a-b')) {
      print(show(r4.splice(0, 1, a3)));
      if ((('a' in ({ key: null })) && ('0' in ({ ['a']: ' 7 ', 0: true })))) throw (false ? a2 : a2);
      try {
        a2 = clip(a3);
        const f6 = (a7, a8 = (1_000 ?? true), ...r9) => {
          tick();
          const v10 = clip(r4);
          return (new Map([[7n, undefined]]).get('a-b') && (false ? 'a-b' : 'a'));
        };
        throw new RangeError('a-b');
      }
      finally {
        print('finally');
      }
    }
    return ((p11 = a3) => a2)(('x,y,z' || null));
  };
  print(show(({ ...({ a: new Map([['😀!', null], [255n, '-0']]).get(4294967296) }), ...Object.assign({}, ({}), ({ 1: '-0', ['😀!']: 12345678901234567890n, ['é']: true })) })));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n13 = 0;
  l14: for (const x12 of Object.values(Object.assign({}, ({}), ({ 0: '-0' })))) {
    tick();
    if (++n13 > 6) break;
    try {
      const f16 = function (a17, a18 = ' 7 ', ...r19) {
        tick();
        if ((!a17)) throw new SyntaxError(`<${'0x1f'}|${'x,y,z'}>`);
        let v20 = clip(String(JSON.stringify([x12].indexOf(0.1), ['a', 'key'])));
        const f21 = (a22, a23 = ({ a: a18, a: 'null', ['é']: 'x,y,z' })?.[0], ...r24) => {
          tick();
          a17 = clip((+(7 | -1)));
          return x12;
        };
        return (1 >= 1e-7);
      };
      throw true;
    }
    finally {
      print('finally');
    }
  }
  print(show((String(({ a: '-0', 0: '12' })?.a) + [].at(-2))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v25 = clip(0n);
  v25 = clip((v25 % v25));
  const { a: d26 = (0.1 || undefined), [`k${'ey'}`]: d27, ...d28 } = Object.assign({}, ({ ...({ ['x,y,z']: '' }), ...({ a: 3, a: 'é', ['']: null }) }), Object.assign({}, ({ key: null }), ({ 0: null, b: 'a-b', b: null })));
  let n30 = 0;
  l31: for (const x29 of String(({ key: undefined, b: null, key: '-0' }))) {
    tick();
    if (++n30 > 6) break;
  }
  print(show(new Map([[true, ('-0' + 'é')]])));
  print(`d27 ${show(d27)}`);
  print(`d26 ${show(d26)}`);
  print(`d28 ${show(d28)}`);
  print(`v25 ${show(v25)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

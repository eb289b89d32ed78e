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
  const f1 = function (a2, a3 = '12', ...r4) {
    tick();
    switch (a3) {
      default: {
        let v5 = clip((~(+Math.trunc(0xff))));
        const [d6 = (true ?? true), d7, ...d8] = r4;
        l10: for (let i9 = 0; i9 < 2; i9 += 2) {
          tick();
          print(show(((p11 = d7) => a3)()));
          print(show(((p12 = d7) => [1_000].slice(-1, 0).at(-2))()));
        }
      }
      case -1: {
        let v13 = clip(Object.assign({}, Object.assign({}, Object.assign({}, ({ 1: a2 }), ({ ['B']: a2, 1: a2, ['null']: 'a-b' })), ({})), ({})));
        break;
      }
      case (0b101 + -2.5): {
      }
      case (~-1): {
      }
    }
    return r4.at(0);
  };
  print(show([' 7 '].map(x14 => x14).findIndex(x15 => ('0' in ({})) || x15 < 1)));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n18 = 0;
  for (const x17 of (`<${1e21}|${'12'}>` + ((p16 = true) => p16)())) {
    tick();
    if (++n18 > 6) break;
    try {
      print(show(((p20 = x17) => (255 * 4294967296))(...['-0'.toUpperCase()], ({ ['']: x17, ['0x1f']: x17 })?.a)));
      const v21 = clip(`<${x17}|${String(JSON.stringify(({}), ['a', 'key']))}>`.repeat(2));
      const f22 = (a23, a24 = x17, ...r25) => {
        tick();
        const f26 = (a27, a28 = (a23 ?? 0.1), ...r29) => {
          tick();
          return ({ ...({ 1: null }), ...({ b: 1_000 }) })?.b;
        };
        return a23;
      };
      throw (true ? '' : x17);
    }
    finally {
      print('finally');
    }
  }
  print(show((2147483647 >= (~(7 + 4294967296)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(new Set([1]).has(((p30 = undefined) => ({ key: null, 1: '😀!', 0: null })?.[1])(...[[].at(0)], [][0]))));
  let i31 = 3;
  while (i31-- > 0) {
    tick();
    if (Number.isNaN(new Map([['😀!', 7n]]).get(' 7 '))) continue;
    let n33 = 0;
    for (const x32 of [...['12', null].flatMap((x, i) => [i, x]), 0b101]) {
      tick();
      if (++n33 > 6) break;
      let v35 = clip(/a/.test(((10 < 3) ? String(JSON.stringify(1e21, null, 1)) : `<${'B'}|${' 7 '}>`)));
      let v36 = clip(Object.fromEntries(new Map(Object.entries(({}))))?.[0]);
    }
  }
  print(show([].concat(['é'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))[0]));
  print(`i31 ${show(i31)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

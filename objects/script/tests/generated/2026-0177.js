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
  const f1 = function (a2, a3 = new Map([]).get(true), ...r4) {
    tick();
    a2 &&= clip(Object.assign({}, ({ key: 'x,y,z' }), ({ b: a2, 0: 10, 0: 0b101 }))?.[0]);
    for (let i5 = 0; i5 < 1; i5 += 2) {
      tick();
      const f6 = (a7, a8 = 255, ...r9) => {
        tick();
        print(show(((p10 = 255n) => new Map([]).get(({ 0: 1e-7, b: a2 })?.a))(a8, ['null', undefined, -9007199254740993n].flatMap((x, i) => [i, x])[0])));
        a7 = clip(((r9.length >= i5) ? a7 : 'a-b'.length));
        const f11 = function (a12, a13 = ' 7 ', ...r14) {
          tick();
          return `<${a2}|${''}>`;
        };
        return a7;
      };
    }
    return (255 * 0b101);
  };
  print(show((12345678901234567890n * 1n)));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v15 = clip([].concat([undefined, -3n, 1e21]).toReversed().indexOf((false || -3n)));
  switch ((-1 | 0).toString(36)) {
    case (0.1 ?? undefined): {
      print(show([].includes(v15)));
      if (v15) {
        function f16(a17, a18 = true, ...r19) {
          tick();
          return '😀!'.toString();
        }
      }
    }
  }
  print(show(new Set('12'.split(' 7 ').toReversed())));
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n21 = 0;
  for (const [k22, x20] of new Map(Object.entries(({ a: 'é' })))) {
    tick();
    if (++n21 > 6) break;
    const v23 = clip(Boolean(k22));
    const { a: d24 = true, [`k${'ey'}`]: d25, ...d26 } = ({ a: 1e-7, b: 7 });
    const f27 = function (a28, a29 = '😀!', ...r30) {
      tick();
      let n32 = 0;
      for (const x31 of String(JSON.stringify((typeof true), ['a', 'key']))) {
        tick();
        if (++n32 > 6) break;
        const v34 = clip(r30);
        if ((x20 > d26?.b)) break;
      }
      let n36 = 0;
      for (const x35 of `<${true}|${'null'.trim()}>`) {
        tick();
        if (++n36 > 6) break;
        const f38 = (a39, a40 = 1_000, ...r41) => {
          tick();
          return a40;
        };
      }
      return ((0xff < true) ? ({ ['😀!']: undefined, b: a29, a: null })?.a : new Map([[undefined, 'null'], ['😀!', 1e21]]).get(undefined));
    };
  }
  print(show(({ a: [].at(3), [' 7 ']: ((p42 = 255) => (p42 ?? -3n))('x,y,z') })));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

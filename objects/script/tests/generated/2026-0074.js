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
  let i1 = 4;
  while (i1-- > 0) {
    tick();
    const v2 = clip((!(1 + 1e21)));
    if (({ ...({ 0: 'null', b: '😀!', ['null']: -1 }), ...({}) })?.[0]) {
      const f3 = (a4, a5 = ({ key: true })?.a, ...r6) => {
        tick();
        r6 = clip(r6.slice(1, 2));
        a4 ||= clip((1_000 + 255));
        r6 = clip(r6.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
        print(show(((p7 = undefined) => (r6[3] || a4))()));
        return v2;
      };
    }
  }
  print(show(Object.keys(({ ...({}), ...Object.fromEntries(new Map([[null, ' 7 ']])) }))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((1_000 === NaN) && isNaN('a-b'))) throw NaN;
  for (let i8 = 0; i8 < 3; i8++) {
    tick();
    function f9(a10, a11 = (7 || null), ...r12) {
      tick();
      print(show(((p13 = 4294967296) => (0.1 && (true && -3n)))(...[((p14 = 0n) => ((p15 = 'x,y,z') => 2147483647)(a11))(Infinity, a10)], ({ a: a11, ['x,y,z']: undefined })?.key)));
      try {
        let v16 = clip(a10);
        const { a: d17 = ' 7 ', [`k${'ey'}`]: d18, ...d19 } = ({ b: a11, b: r12[3] });
        let v20 = clip(a11);
      }
      catch (e21) {
        print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
        let v22 = clip((a11 && a10));
      }
      return (a10 || true);
    }
  }
  print(show(('😀!'.concat('a') + ((p23 = undefined) => 4294967296)(undefined)).split('a')));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    for (let i24 = 0; i24 < 2; i24 += 2) {
      tick();
      let n26 = 0;
      for (const x25 of new Set(Object.values(({ a: 255 })))) {
        tick();
        if (++n26 > 6) break;
        const { a: d28 = x25, [`k${'ey'}`]: d29, ...d30 } = Object.assign({}, Object.assign({}, ({}), ({ key: '', a: true })), ({ ['a-b']: 3 }));
        const v31 = clip(((BigInt.asUintN(39, 12345678901234567890n) * 255n) + -3n));
        const { a: d32 = new Map([[x25, null]]).get(d28), [`k${'ey'}`]: d33, ...d34 } = ({ 1: new Map([]).get(NaN), 0: ((p35 = 1e21) => '')() });
        await new Promise(resolve => resolve(Promise.any([later(2, [undefined][0]), later(1, (255n ?? d29))])));
      }
    }
    throw new RangeError('');
  }
  catch (e36) {
    print(`caught ${show(e36)} ${e36 instanceof TypeError}`);
  }
  print(show([]));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (((10 / 1e21) >= (1_000 % 3))) throw new RangeError((typeof 1n));
  let v37 = clip(BigInt.asUintN(44, 255n));
  print(show(((0b101).toExponential(4) + Infinity)));
  print(`v37 ${show(v37)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

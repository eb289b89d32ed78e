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
  function f1(a2, a3 = '12', ...r4) {
    tick();
    print(show(((p5 = a3) => ((p6 = 'null') => 1.5)(p5, '0x1f'))((((p7 = 'null') => 1_000)(a3) ?? a2))));
    print(show(String((null ?? a3)).length));
    const { a: d8 = 7, [`k${'ey'}`]: d9, ...d10 } = ({ key: new Map([]).get(1) });
    const v11 = clip((-9007199254740993n | (BigInt(1e-7 | 0) * (0n & 0n))));
    return ((true || false) ? a3 : (false ? d9 : d9));
  }
  print(show([...[1e-7, '0x1f'], 1].map(x12 => x12).at(2)));
  print(show(new Set([4294967296, true])));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let [d13, d14] = [((p16 = 12345678901234567890n) => 1.5)(1e-7), 1e-7];
  [d13, d14] = [d14, d13];
  let n18 = 0;
  l19: for (const [k20, x17] of new Map([['-0', -9007199254740993n], [true, (12345678901234567890n && 1)]])) {
    tick();
    if (++n18 > 6) break;
    switch (d13) {
      case Math.ceil(Infinity): {
        if ((Math.sqrt(0b101) < (-1 - 10))) throw new SyntaxError('x,y,z');
        let v21 = clip(String((d13 ?? true)).replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`));
        let i22 = 0;
        l23: do {
          tick();
          const v24 = clip(({}));
          print((typeof null) + show(await Promise.resolve(E(target).echo(false)).then(x => (print(`c25 ${show(x)}`) ?? never(1, new SyntaxError('é'.charAt(1))))).then(x => (print(`c26 ${show(x)}`) ?? later(1, 1e-7)))) + show(await 1.5));
        } while (++i22 < 4);
        break;
      }
    }
    try {
      throw new SyntaxError((typeof 'x,y,z'));
    }
    finally {
      print('finally');
    }
  }
  print(show(new Map([[null, '-0'.padStart(6, '')], [d13, ((p27 = 'a') => ('0x1f' || d14))()]])));
  print(`d14 ${show(d14)}`);
  print(`d13 ${show(d13)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v28 = clip((!((false && false) ? 7 : 2147483647)));
  const v29 = clip(12345678901234567890n);
  if (v28) throw new Error([1.5, ' 7 ', -9007199254740993n].join('a-b'));
  print(show(new Map(Object.entries(Object.assign({}, ({}), ({}))))));
  print(`v29 ${show(v29)}`);
  print(`v28 ${show(v28)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v30 = clip((((true || true) ? '-0' : ('-0' && 255n)) % Math.min((7n | 7), ((p31 = '0x1f') => '12')('-0', 0xff))));
  const f32 = (a33, a34 = [0b101, 0.1].at(1), ...r35) => {
    tick();
    print(show(((p36 = 3) => ('null' + null))(`<${a33}|${'12'}>`)));
    for (let i37 = 0; i37 < 2; i37 += 2) {
      const f38 = (x = 1) => `${i37}${typeof x}`;
      tick();
      print(show(({ ...({ ...Object.fromEntries(new Map([])), ...({ b: 'a' }) }), ...Object.assign({}, Object.fromEntries(new Map([[a33, 'x,y,z']])), ({ ...({}), ...({ 0: '-0', key: true }) })) })));
      function f39(a40, a41 = a33, ...r42) {
        tick();
        const v43 = clip(({ 1: ({ ...({ key: 1.5, 1: a40, ['B']: null }), ...({ a: a40 }) })?.b, 1: a41 }));
        if (/\d+/.test('é'.charAt(0))) throw r35.at(3);
        return v43?.[0];
      }
    }
    return a34;
  };
  print(show(new Map([['0x1f', (-3n ?? true)]])));
  print(`f32 ${show(f32)}`);
  print(`v30 ${show(v30)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

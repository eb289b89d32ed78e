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
  function f1(a2, a3 = '😀!', ...r4) {
    tick();
    if ((!'12')) throw new TypeError(`<${4294967296}|${'-0'}>`);
    if (r4.every(x5 => (a3 >= true) || x5 >= 2)) return a3;
    for (let i6 = 0; i6 < 4; i6 += 2) {
      tick();
      let [d7, d8] = [(false ? ' 7 ' : 7), a2];
      [d7, d8] = [d8, d7];
    }
    return a3;
  }
  print(show(new Set([...['', -3n, ''], 1_000].flatMap((x, i) => [i, x]))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n11 = 0;
  for (const [k12, x10] of new Map([])) {
    tick();
    if (++n11 > 6) break;
    function f13(a14, a15 = 1.5, ...r16) {
      tick();
      a14 &&= clip(a14);
      print(show(r16.shift()));
      function f17(a18, a19 = x10, ...r20) {
        tick();
        r20 = clip([a19, null, true]);
        r20 = clip([2].slice(1, 0));
        return BigInt(2 | 0);
      }
      const f21 = function (a22, a23 = [undefined, k12, null][0], ...r24) {
        tick();
        print(show(new Set(r16)));
        return (Number.isInteger(7) ? x10 : -3n);
      };
      return f17((true ? a15 : ''));
    }
  }
  print(show(new Map(Object.entries(({ ...({ 1: 7, key: 1e-7 }), ...Object.assign({}, ({ 1: null }), ({ 1: 12345678901234567890n, key: undefined, a: 1e21 })) })))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i25 = 1;
  while (i25-- > 0) {
    tick();
    let v26 = clip((NaN | 0).toString(26));
    const f27 = (a28, a29 = v26, ...r30) => {
      tick();
      let v31 = clip(({ 0: Object.fromEntries(new Map([[-0, v26], [null, -3n]]))?.b, a: `<${a28}|${'0x1f'}>`, 0: v26 }));
      function f32(a33, a34 = 2147483647, ...r35) {
        tick();
        a28 = clip((a33 ?? ((false ? Infinity : -3n) ?? ((p36 = 0b101) => undefined)(...['B'], null))));
        l38: for (let i37 = 0; i37 < 3; i37 += 1) {
          tick();
          if (new Map([[null, 10], [null, a34]]).has(a34)) return ((p39 = 1e-7) => false)((true ? NaN : '0x1f'), -2.5);
        }
        return ' 7 ';
      }
      return a29;
    };
  }
  print(show(Object.assign({}, ({ 0: ({ b: -2.5 })?.a, ['x,y,z']: '', key: 'B' }), Object.fromEntries(new Map([])))));
  print(`i25 ${show(i25)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

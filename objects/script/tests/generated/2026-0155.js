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
  const f1 = function (a2, a3 = ('a' ?? '0x1f'), ...r4) {
    tick();
    let v5 = clip(new Set(Array.from(String(null))));
    print(show(r4.splice(1, 1, a3)));
    try {
      print(show(((p6 = NaN) => (new Map([[true, a3], [p6, 1n]]).get(1e21) ?? (a2 ?? '0x1f')))((7 / 2))));
      let v7 = clip((!Math.max(0, 2147483647)));
      throw new RangeError(String(a2));
    }
    finally {
      print('finally');
    }
    return a3;
  };
  print(show((typeof new Map([[true, 255n]]).get((false ? 1_000 : null)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i8 = 2;
  l9: while (i8-- > 0) {
    tick();
    const v10 = clip(new Set(['x,y,z', 'B', true]));
    if (new Map([[0xff, true]]).has('0x1f')) continue l9;
    function f11(a12, a13 = '12', ...r14) {
      tick();
      const v15 = clip(({ ...({ ...({ key: ' 7 ' }), ...Object.fromEntries(new Map([[null, a12], [null, true]])) }), ...({ 1: a13, a: (true ? a12 : 'a-b'), 1: 1n }) }));
      let n17 = 0;
      for (const [k18, x16] of new Map(Object.entries(v15))) {
        tick();
        if (++n17 > 6) break;
      }
      return String(v15);
    }
  }
  print(show(new Map([[1e21, ('' || ((p19 = 'a') => true)(NaN, 10))], ['B', new Map([['x,y,z', -9007199254740993n]]).get((false ? undefined : '0x1f'))]])));
  print(`i8 ${show(i8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

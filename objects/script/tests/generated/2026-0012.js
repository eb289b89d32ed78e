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
    let n6 = 0;
    l7: for (const [k8, x5] of new Map([[a2, 1_000]])) {
      tick();
      if (++n6 > 6) break;
      print(show(((p9 = 1.5) => (0n + -9007199254740993n))()));
      const v11 = clip(new Map(Object.entries(({ ['B']: true }))).has(x5));
    }
    return Infinity;
  };
  print(show(BigInt.asUintN(15, BigInt.asUintN(45, BigInt(0 | 0)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n13 = 0;
  l14: for (const x12 of new Set('a'.split('-0'))) {
    tick();
    if (++n13 > 6) break;
    const v16 = clip(Object.fromEntries(new Map([[1e21, x12], [x12, (false ? Infinity : 1)]])));
    const f17 = function (a18, a19 = (true ? undefined : x12), ...r20) {
      tick();
      const [d21 = v16?.b, d22, ...d23] = r20;
      const f24 = function (a25, a26 = [a18, null].at(3), ...r27) {
        tick();
        return ({ 0: 'null', ['']: a18, 0: 'a-b' })?.[0];
      };
      return f24();
    };
  }
  print(show(String(({ ...({ ...({ b: 0xff, 0: '😀!' }), ...({ b: 'B', key: 12345678901234567890n }) }), ...Object.assign({}, ({}), ({})) }))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

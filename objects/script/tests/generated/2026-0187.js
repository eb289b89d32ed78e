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
  const v1 = clip(new Map(Object.entries(Object.fromEntries(new Map([])))));
  const v2 = clip((typeof (- 4294967296)));
  print(show(BigInt.asUintN(5, ((0n ^ -3n) * BigInt.asUintN(53, 1n)))));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v3 = clip(`<${new Map(Object.entries(({ ['a']: 'é' }))).get((false ? null : 0b101))}|${(typeof ({})?.a)}>`);
  function f4(a5, a6 = 10, ...r7) {
    tick();
    if ((1e-7 - 1_000)) {
      const { a: d8 = a5, [`k${'ey'}`]: d9, ...d10 } = ({ 1: ({ 1: 0.1, 0: a5, key: a5 })?.[0] });
      print(show(Object.freeze(d10)));
      const { a: d11 = (d9 ?? 'null'), [`k${'ey'}`]: d12, ...d13 } = ({ ...({}), ...Object.assign({}, ({ [' 7 ']: 'é', ['x,y,z']: true }), d10) });
      const [d14 = 4294967296, d15, ...d16] = [0n, 1e21];
    }
    else {
    }
    return String(JSON.stringify([a6]));
  }
  print(show(({ ...({ ['é']: [1e21][0], 1: new Map([[undefined, undefined], ['null', 'a-b']]).get(1e-7), ['B']: ('x,y,z' ?? 3) }), ...({}) })));
  print(`f4 ${show(f4)}`);
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

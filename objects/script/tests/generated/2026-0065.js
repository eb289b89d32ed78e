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
  const v1 = clip(new Set([]));
  let [d2, d3] = [[2147483647].at(2), ({})?.a];
  [d2, d3] = [d3, d2];
  print(show(({ key: Math.imul(1e-7, d3), a: d3 })));
  print(`d3 ${show(d3)}`);
  print(`d2 ${show(d2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  l6: for (let i5 = 0; i5 < 1; i5++) {
    tick();
    if ((12345678901234567890n && 'null')) {
      if (((p7 = '12') => (p7 || p7))(((p8 = null) => 0xff)(...[1n], 1), ['a', 0xff, true].at(-2))) {
        await Promise.resolve({ then: (resolve, reject) => resolve(true) }).catch(e => (print(`c9 ${show(e)}`) ?? (true ?? 2147483647))).finally(() => (print('c10') ?? Promise.resolve(new Map([]).get(0.1))));
        const v11 = clip([].filter(x12 => [].includes('-0') || x12 === undefined).map(x13 => (x13 === null)));
        let v14 = clip(['12', true, '12'].toSorted().toReversed().concat(v11));
      }
    }
    else {
    }
  }
  print(show(new Map(Object.entries(({ 0: ({ b: -9007199254740993n, 1: 'B', key: true })?.[1], 1: (true ?? true), key: 255n })))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v15 = clip(Object.fromEntries(new Map(Object.entries(({ a: undefined, a: 0xff }))))?.b);
  const { a: d16 = v15, [`k${'ey'}`]: d17, ...d18 } = Object.fromEntries(new Map([[null, v15], [v15, 'null']]));
  const v19 = clip(Object.assign({}, ({ ...({ key: v15 }), ...Object.fromEntries(new Map([[v15, 'B'], [d16, true]])) }), ({})));
  if (('null' ?? d17)) {
  }
  print(show(((v15 || d17) < (((p20 = true) => d16)(...[NaN], null) ?? 1))));
  print(`v19 ${show(v19)}`);
  print(`d17 ${show(d17)}`);
  print(`d16 ${show(d16)}`);
  print(`d18 ${show(d18)}`);
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

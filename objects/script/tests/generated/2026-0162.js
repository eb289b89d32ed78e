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
  try {
    const v1 = clip(Math.min(((1e-7 * 2) >> Math.imul(NaN, true)), ((false ? '-0' : 255n) && [1n, -9007199254740993n][1])));
    let v2 = clip(String(JSON.stringify(({ a: [undefined][2] }), ['a', 'key'])));
    print(show((v1 - v1)));
    if ((new Map([]).get(true) ?? ({ 1: 'a' })?.[1])) {
    }
  }
  finally {
    print('finally');
  }
  print(show([1_000, undefined].toReversed()));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f3 = (a4, a5 = (false ? true : undefined), ...r6) => {
    tick();
    let v7 = clip(r6);
    try {
      r6 = clip(v7);
    }
    catch (e8) {
      print(`caught ${show(e8)} ${e8 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return [a5][0];
  };
  print(show(Number.isInteger((true <= null))));
  print(`f3 ${show(f3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

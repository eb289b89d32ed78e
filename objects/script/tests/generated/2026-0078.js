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
  const v1 = clip(new Set([true]));
  let v2 = clip(/a/.test(`<${new Map([[null, 0n], [null, 1e-7]]).get(undefined)}|${(false ? 'x,y,z' : 'x,y,z')}>`));
  v2 = clip(isNaN((-0 + 0.1)));
  print(show(new Map([])));
  print(show(`<${''.length}|${String('B')}>`));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v3 = clip((['x,y,z'].findIndex(x4 => new Map([[-0, '12'], ['😀!', 1e21]]).has('é') || x4 >= 'a-b') + [0, null].flatMap((x, i) => [i, x]).indexOf((1.5 && 0.1))));
  const f5 = function (a6, a7 = ({ 0: 255n })?.b, ...r8) {
    tick();
    const v9 = clip(r8);
    l11: for (let i10 = 0; i10 < 1; i10++) {
      tick();
      print(show(Number.isInteger((v3 / -0))));
      r8 = clip([0]);
    }
    return new Map([]).get(a7);
  };
  let v12 = clip([...[4294967296], new Map([[undefined, ''], [0b101, undefined]]).get(-0)].some(x13 => ('0' in ({ ['0x1f']: x13 })) || x13 !== null));
  let n16 = 0;
  for (const x15 of [].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).map(x14 => x14)) {
    tick();
    if (++n16 > 6) break;
    let i18 = 0;
    do {
      tick();
    } while (++i18 < 1);
  }
  print(show((v3 | 0).toString(17)));
  print(`v12 ${show(v12)}`);
  print(`f5 ${show(f5)}`);
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

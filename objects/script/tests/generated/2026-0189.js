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
  let v1 = clip((7n % BigInt.asUintN(42, (-9007199254740993n / 12345678901234567890n))));
  let i2 = 3;
  l3: while (i2-- > 0) {
    tick();
    const [d4 = [-9007199254740993n].at(1), d5, ...d6] = [...Object.keys(({ b: 4294967296, key: 1.5 })), ((p7 = true) => 0.1)(...['a-b'], 'a')];
    try {
      throw d4;
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set(['a-b', 0xff, 1e-7].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))));
  print(`i2 ${show(i2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d8 = 0b101, d9, ...d10] = Object.values(({ key: undefined })).map(x11 => ((p12 = 0) => x11)(...[3], 12345678901234567890n));
  const { a: d13 = [undefined].at(3), [`k${'ey'}`]: d14, ...d15 } = ({ a: (true ? 2147483647 : '😀!'), a: (false ? 3 : -0) });
  try {
    let n17 = 0;
    for (const x16 of new Set([d8, 12345678901234567890n, 'a'])) {
      tick();
      if (++n17 > 6) break;
      const w19 = await [d13, d14, -9007199254740993n][0];
      print(show(w19));
      const v20 = clip(({}));
      if (d9) {
      }
    }
  }
  catch (e21) {
    print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
  }
  print(show(((p22 = 2147483647) => (7 > undefined))(...[d8], d9)));
  print(`d14 ${show(d14)}`);
  print(`d13 ${show(d13)}`);
  print(`d15 ${show(d15)}`);
  print(`d9 ${show(d9)}`);
  print(`d8 ${show(d8)}`);
  print(`d10 ${show(d10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v23 = clip((BigInt.asUintN(14, BigInt.asUintN(55, 0n)) & ((1n & -9007199254740993n) * 255n)));
  print(`<${true}|${'0x1f'}>` + show(await Promise.resolve(never(2, new Error(`<${null}|${'0x1f'}>`))).then(x => (print(`c24 ${show(x)}`) ?? new Promise(resolve => resolve(later(3, v23))))).then(x => print(`c25 ${show(x)}`), e => print(`c25! ${show(e)}`)).finally(() => (print('c26') ?? never(2, [' 7 ', Infinity, 255n][0])))) + show(await 12345678901234567890n));
  let v27 = clip(new Map([['0x1f', ((true ?? 3) || true)]]));
  v23 = clip(v23);
  print(show(Object.assign({}, Object.assign({}, ({ 1: 7, 1: 'B' }), Object.fromEntries(new Map([[undefined, NaN], ['0x1f', 1e21]]))), ({ a: (255 || null), key: 'é', b: ((p28 = '12') => 12345678901234567890n)(...[1.5], 'x,y,z') }))));
  print(`v27 ${show(v27)}`);
  print(`v23 ${show(v23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const w29 = await later(2, ('x,y,z' ?? null));
  print(show(w29));
  if (((!true) && ('key' in ({ 0: 255n, key: 12345678901234567890n, key: 7 })))) throw new Error(('0x1f' + 1));
  let n31 = 0;
  for (const x30 of []) {
    tick();
    if (++n31 > 6) break;
    const v33 = clip([x30, x30].concat([]).toSorted().flatMap((x, i) => [i, x]));
  }
  print(show((~((!undefined) ? Number('12') : parseFloat('x,y,z')))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

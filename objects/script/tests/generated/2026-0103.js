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
  print(show(((p1 = -9007199254740993n) => p1)((((p2 = '😀!') => null)(...[undefined], '12') ?? new Map([[NaN, 1], [true, '']]).get(undefined)))));
  const v3 = clip(new Map(Object.entries(({ ...Object.assign({}, ({}), ({})), ...Object.fromEntries(new Map([[undefined, null]])) }))));
  const v4 = clip(Object.fromEntries(new Map(Object.entries(Object.fromEntries(new Map([[0n, 1]]))))));
  try {
    let n6 = 0;
    l7: for (const x5 of (Number.isNaN(7n) ? (typeof 'a') : ('B' + true))) {
      tick();
      if (++n6 > 6) break;
      print(show(((p9 = 7) => Math.max(0xff, undefined))()));
    }
  }
  catch (e10) {
    print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((('é' & 1) << Math.min(-0, 'B'))));
  print(`v4 ${show(v4)}`);
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  for (let i11 = 0; i11 < 4; i11++) {
    const f12 = (x = 1) => `${i11}${typeof x}`;
    tick();
    switch (([0, 255, 2147483647].at(3) || '-0')) {
      case [0xff][1]: {
        const [d13 = (false ? undefined : undefined), d14, ...d15] = [].filter(x16 => /a/.test('a-b') || x16 < null);
        const [d17 = d15.at(2), d18, ...d19] = [3].flatMap((x, i) => [i, x]);
        let [d20, d21] = ['a', (0 && d18)];
        [d20, d21] = [d21, d20];
      }
      case ''.slice(5): {
        break;
      }
      case Math.min(2147483647, true): {
      }
    }
  }
  print(show(Number(String(Object.fromEntries(new Map([]))))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v23 = clip(({ a: new Map([[0xff, 255n], [undefined, '-0']]).get(('12' && 'é')), a: '😀!' }));
  print(show(Object.keys(({ key: undefined, ['a']: undefined, 0: -1 })).flatMap((x, i) => [i, x]).map(x24 => x24)));
  print(show(new Map([[true, v23?.[1]]])));
  let v25 = clip(v23);
  print(show(({ key: BigInt(0.1 | 0) })));
  print(`v25 ${show(v25)}`);
  print(`v23 ${show(v23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

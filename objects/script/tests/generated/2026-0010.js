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
  const f1 = function (a2, a3 = (null ?? 1), ...r4) {
    tick();
    switch ((('key' in ({ 1: a2 })) ? a2 : (-0 && -9007199254740993n))) {
      case 1e21: {
        const { a: d5 = a3, [`k${'ey'}`]: d6, ...d7 } = Object.assign({}, ({}), ({ 1: a3 }));
        print(show(((p8 = a2) => p8)(a3, ((p9 = true) => 'x,y,z')(...['é'], -9007199254740993n))));
      }
      case a2: {
        a2 = clip(r4.flatMap((x, i) => [i, x])[0]);
        const v10 = clip([1.5, a2, a2].slice(1, 0).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
      }
      case String(JSON.stringify(1e21, null, 1)): {
        break;
      }
    }
    return new Map([[a3, 'a-b']]).get(a3);
  };
  print(show('é'.split(/b*?/).map(x11 => x11).join('😀!')));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v12 = clip((Boolean(new Map([[undefined, null]]).get('x,y,z')) && ((undefined || null) >= ' 7 ')));
  let v13 = clip(Object.fromEntries(new Map(Object.entries(({})))));
  print(show(({ ...({ ...v13, ...v13 }), ...v13 })));
  print(show(BigInt(((undefined > 2147483647) ? (v12 ? -1 : 0) : 3) | 0)));
  print(`v13 ${show(v13)}`);
  print(`v12 ${show(v12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task14 = async () => {
  print('task 0 step 0');
  const w16 = await new Promise((resolve, reject) => reject(((p15 = 255) => null)(7, 'a-b')));
  print(show(w16));
  l18: for (let i17 = 0; i17 < 2; i17 += 2) {
    const f19 = (x = 1) => `${i17}${typeof x}`;
    tick();
    if (new Map(Object.entries(({ ['-0']: undefined }))).has(new Map([[true, 0b101], [true, '0x1f']]).get(-3n))) return f19(({})?.a, (false ? '12' : 0b101));
    const w20 = await new Promise(resolve => resolve(later(3, '-0')));
    print(show(w20));
    print(show(new Set(`<${'null'}|${''}>`.split('x,y,z'))));
  }
  print('task 0 step 1');
  const w21 = await new Promise(resolve => resolve(E(target).echo(new Map([[null, ''], [true, '']]).get(null))));
  print(show(w21));
  return ((p22 = '12') => 1.5)(...['12'], 7n);
};
task14().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

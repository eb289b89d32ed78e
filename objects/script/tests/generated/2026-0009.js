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
  let v1 = clip(new Set([1_000].filter(x2 => true || x2 < '12').flatMap((x, i) => [i, x])));
  const v3 = clip(({}));
  print(show(((p4 = 'é') => p4)(({ ...({ 0: 2147483647, 0: undefined, 0: true }), ...v3 })?.a)));
  let i5 = 3;
  while (i5-- > 0) {
    tick();
    print(show(new Map(Object.entries(Object.fromEntries(new Map([['B', 3], [null, 1.5]]))))));
    const f6 = function (a7, a8 = 'x,y,z', ...r9) {
      tick();
      r9 = clip([10, a8]);
      return ((a7 >= 10) ? ({ a: true, b: a7 })?.key : a7);
    };
  }
  print(show(i5));
  print(`i5 ${show(i5)}`);
  print(`v3 ${show(v3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((true ?? 0) && (false ? undefined : -9007199254740993n))) {
    let [d10, d11] = [1.5, 1_000];
    [d10, d11] = [d11, d10];
    if ((({ b: '12', key: d10, [' 7 ']: '😀!' })?.[1] ?? ({})?.[0])) {
      let v13 = clip(new Set([]));
      print(show(((p14 = d10) => new Map([[null, null], ['null', 1.5]]).get(((p15 = d11) => 'x,y,z')(d10, 1_000)))([d11][0], String(JSON.stringify('a-b', ['a', 'key'])))));
      try {
        const w16 = await later(3, 0b101);
        print(show(w16));
        print('a'.concat(d11) + show(await never(3, d11)) + show(await d11));
      }
      finally {
        print('finally');
      }
    }
  }
  else {
  }
  print(show(new Map([]).get((false ? 255 : 0b101))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v18 = clip(String(JSON.stringify(Object.fromEntries(new Map([])), null, 1)));
  const v19 = clip((['12'].toSorted().lastIndexOf((undefined && true)) >> ((10 / 0xff) >> (~-1))));
  try {
    let v20 = clip((v18 || (('b' in ({ a: 'a-b', key: true, key: 0 })) ? v18 : (false ? 'é' : 'null'))));
    const v21 = clip(-9007199254740993n);
  }
  catch (e22) {
    print(`caught ${show(e22)} ${e22 instanceof TypeError}`);
  }
  print(show(0n));
  print(`v19 ${show(v19)}`);
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task23 = async () => {
  print('task 0 step 0');
  await Promise.resolve(never(3, ({ key: 1.5 })?.b)).then(x => (print(`c24 ${show(x)}`) ?? Promise.allSettled([later(1, 'B'), later(1, -0), later(1, (true ?? 'x,y,z'))])));
  try {
    const { a: d25 = (false ? 0.1 : 1e21), [`k${'ey'}`]: d26, ...d27 } = Object.assign({}, ({ key: 1e-7, a: '0x1f', ['x,y,z']: null }), ({ b: undefined, ['-0']: true }));
    const v28 = clip(d25);
    let [d29, d30] = [(d26 ?? true), '-0'];
    [d29, d30] = [d30, d29];
    throw new RangeError('B');
  }
  catch (e32) {
    print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
  }
  print('task 0 step 1');
  const w33 = await E(target).slow('a-b');
  print(show(w33));
  return [true, -3n][0];
};
task23().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

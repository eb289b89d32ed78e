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
  switch ((((p1 = '') => -0)() && (true ? 255n : null))) {
    default: {
      print(show(({ key: Object.fromEntries(new Map([['12', true], ['-0', '😀!']]))?.key })));
      try {
        const v2 = clip('a-b'.replaceAll('a-b', '[$&]').slice(2));
        let v3 = clip(v2);
        let n5 = 0;
        for (const [k6, x4] of new Map(Object.entries(({})))) {
          tick();
          if (++n5 > 6) break;
          let v7 = clip(x4);
          let v8 = clip(new Map([[null, ((false ? true : ' 7 ') || ({ b: 'a' })?.a)]]));
        }
        throw new Map([[true, NaN], [-2.5, undefined]]).get(255n);
      }
      catch (e9) {
        print(`caught ${show(e9)} ${e9 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    case (typeof 3): {
    }
  }
  print(show(({ ...Object.fromEntries(new Map(Object.entries(({ ['-0']: true, b: 'a-b', 1: null })))), ...({ ['é']: ((p10 = true) => Infinity)(...[1.5], 2), a: '', 1: true }) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    if ((false ?? (255 || '0x1f'))) {
      print(show((('0' in ({})) || (undefined === 'B'))));
      switch (((p11 = true) => p11)(...[((p12 = '-0') => 'a-b')()], (2 && -0))) {
        default: {
        }
        case (false ? 255n : '0x1f'): {
        }
        case (true ? 'a' : '12'): {
        }
      }
    }
    throw new Map([[1, 1e-7], [NaN, undefined]]).get(0n);
  }
  catch (e13) {
    print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(`<${(/^x|y$/.test('a') ? ('' ?? 0b101) : 'é')}|${(('é' & 7)).toExponential(0)}>`));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const w14 = await Promise.resolve(({ a: null })?.key);
  print(show(w14));
  const v15 = clip(BigInt.asUintN(29, 0n));
  const f16 = function (a17, a18 = ((p20 = 0) => p20)(...[-1], 0b101), ...r19) {
    tick();
    const v21 = clip(({ 1: (0xff ?? a17) }));
    const v22 = clip(new Set(r19));
    const v23 = clip(v15);
    return Array.from('B')[3];
  };
  let i24 = 0;
  do {
    tick();
    let v25 = clip(new Map(Object.entries(Object.fromEntries(new Map(Object.entries(({ 0: '12' })))))));
  } while (++i24 < 1);
  print(show(((['😀!', null, '12'][3] ?? -9007199254740993n) || [undefined].toReversed()[0])));
  print(`i24 ${show(i24)}`);
  print(`f16 ${show(f16)}`);
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task26 = async () => {
  print('task 0 step 0');
  print(`<${-9007199254740993n}|${' 7 '}>` + show(await Promise.resolve(7)) + show(await -0));
  let n28 = 0;
  l29: for (const x27 of new Set([].concat([]))) {
    tick();
    if (++n28 > 6) break;
    let v31 = clip((1e21 / parseInt('a'.charAt(5))));
    const w35 = await Promise.resolve(new Promise((resolve, reject) => reject(('null' || 7n)))).then(x => (print(`c32 ${show(x)}`) ?? Promise.allSettled([later(1, x27), later(3, ({ 0: null, key: 1.5, ['null']: true })?.key)]))).then(x => (print(`c33 ${show(x)}`) ?? E(target).bad(x27))).catch(e => (print(`c34 ${show(e)}`) ?? never(1, (7n ?? true))));
    print(show(w35));
  }
  print('task 0 step 1');
  print(String([]) + show(await [true, 0n][2]) + show(await -2.5));
  return 2;
};
task26().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

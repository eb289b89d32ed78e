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
  const f1 = (a2, a3 = 'a', ...r4) => {
    tick();
    const [d5 = a2, d6, ...d7] = r4;
    const v8 = clip(({ ...({ b: d5, key: ((p9 = 'a-b') => d6)('', 2147483647), a: -1 }), ...Object.assign({}, ({ 1: 0n, [' 7 ']: 1n, b: '0x1f' }), ({ 0: d5 })) }));
    return (d5 || Infinity);
  };
  const v10 = clip(new Map([[null, [undefined, true].toReversed().at(3)]]));
  let v11 = clip((Array.isArray(f1()) ? Math.imul((255 * -0), (-3n ?? 1)) : [].indexOf(1)));
  let v12 = clip(({ ...Object.assign({}, ({ b: true }), Object.fromEntries(new Map([[-9007199254740993n, 3], ['B', 12345678901234567890n]]))), ...Object.assign({}, ({ a: 1e21, b: -9007199254740993n, a: '' }), Object.assign({}, ({}), ({ b: 1n, b: '0x1f' }))) }));
  switch ((typeof null)) {
    case v11: {
      break;
    }
    case ({})?.a: {
      break;
    }
  }
  print(show(new Map([])));
  print(`v12 ${show(v12)}`);
  print(`v11 ${show(v11)}`);
  print(`v10 ${show(v10)}`);
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    let v13 = clip(Math.ceil(Array.from('0x1f').length));
    print(show(((p14 = undefined) => parseFloat(''))()));
    if (({ a: 'null', 1: 'a-b', key: -2.5 })?.b) {
      print(show(((p15 = true) => (p15 ?? (NaN ?? true)))(new Set(['x,y,z', 0xff, -0]).has(true), 'a-b')));
      const v16 = clip(BigInt(v13 | 0));
    }
    throw new TypeError(String(JSON.stringify(({ ['a']: 'a-b', key: 7n }), ['a', 'key'])));
  }
  finally {
    print('finally');
  }
  print(show(Object.assign({}, ({ ...({}), ...Object.fromEntries(new Map([[null, 255n]])) }), Object.fromEntries(new Map([['null', 12345678901234567890n], ['a-b', 'a']])))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    let n18 = 0;
    for (const x17 of [true, '-0']) {
      tick();
      if (++n18 > 6) break;
      switch (String(({ ['a']: true, key: -3n, ['é']: x17 }))) {
        case (0).toPrecision(7): {
          await Promise.resolve(never(2, x17)).finally(() => (print('c20') ?? Promise.any([later(3, true), later(3, x17), later(2, -1)]))).then(x => (print(`c21 ${show(x)}`) ?? Promise.all([later(2, 0n), later(1, new Map([[x17, x17], [-3n, '']]).get(-1)), later(2, '')]))).catch(e => (print(`c22 ${show(e)}`) ?? NaN));
          if (new Map(Object.entries(({ 1: undefined, ['a']: 1.5 }))).has(x17)) throw new Error((1_000).toFixed(4));
        }
        case x17: {
          const v23 = clip((BigInt.asUintN(59, BigInt(0.1 | 0)) ^ ((-3n + -9007199254740993n) / BigInt(0.1 | 0))));
        }
        default: {
        }
        case String(true): {
          break;
        }
      }
    }
  }
  catch (e24) {
    print(`caught ${show(e24)} ${e24 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(Array.from('😀!').slice(0, 1).filter(x25 => (null >= 'a') || x25 >= 0xff)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f26 = (a27, a28 = 2, ...r29) => {
    tick();
    const f30 = function (a31, a32 = false, ...r33) {
      tick();
      try {
        let v34 = clip(new Map([]));
        let v35 = clip(v34);
        print(show(new Map([])));
        throw new TypeError(String(({ ['-0']: 255, a: -0 })));
      }
      catch (e36) {
        print(`caught ${show(e36)} ${e36 instanceof TypeError}`);
        const f37 = (a38, a39 = 1.5, ...r40) => {
          tick();
          return a39;
        };
      }
      finally {
        print('finally');
      }
      return [undefined].toReversed().at(3);
    };
    return (0.1 ?? ('😀!' ?? 'null'));
  };
  print(show(new Set(Array.from((typeof Infinity)))));
  print(`f26 ${show(f26)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task41 = async () => {
  print('task 0 step 0');
  print((typeof ' 7 ') + show(await later(3, ({ 0: true })?.[1])) + show(await null));
  const w42 = await later(0, [true][0]);
  print(show(w42));
  try {
    let v43 = clip([...(typeof 0b101).split('null'), (((p44 = '') => true)(...[undefined], 'a') ?? true)]);
    let v45 = clip(BigInt(((- 7) & (~255)) | 0));
    throw 7n;
  }
  catch (e46) {
    print(`caught ${show(e46)} ${e46 instanceof TypeError}`);
    print(show(((p47 = 'null') => ((p48 = true) => ({})?.key)())(((p49 = null) => 10)(10, true), String(JSON.stringify(({ 1: undefined, ['B']: undefined }), null, 1)))));
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  const w50 = await Promise.allSettled([never(2, new TypeError(`<${'a-b'}|${'😀!'}>`)), never(0, new Error(' 7 '))]);
  print(show(w50));
  return ((p51 = 255n) => 'a')(undefined, 'null');
};
task41().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task52 = async () => {
  print('task 1 step 0');
  const w53 = await Promise.resolve(false);
  print(show(w53));
  if (Boolean((undefined || 7))) throw new TypeError(`<${undefined}|${''}>`);
  const v54 = clip(({ 0: (Infinity | 0).toString(30), b: (('B' ?? -3n) ?? (true && 'é')), 1: ((p55 = null) => 1e21)(...['a'], (true ? -9007199254740993n : true)) }));
  let v56 = clip(((p57 = undefined) => '-0')((typeof true), (Infinity ?? ((p58 = 7n) => 'a')('é', '😀!'))));
  const v59 = clip(({ ['😀!']: BigInt.asUintN(39, 1n), b: ((0 || 0xff) ?? [true][3]) }));
  return false;
};
task52().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

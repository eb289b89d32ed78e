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
    for (let i1 = 0; i1 < 3; i1 += 1) {
      const f2 = (x = 1) => `${i1}${typeof x}`;
      tick();
      const f3 = (a4, a5 = new Map([[null, 'x,y,z'], [null, ' 7 ']]).get(' 7 '), ...r6) => {
        tick();
        const [d7 = f2(NaN, null), d8, ...d9] = (typeof undefined).split(/\d+/);
        function f10(a11, a12 = d7, ...r13) {
          tick();
          let v14 = clip(((a12 || d7) < a11));
          return (2 * -1);
        }
        return Array.from(new Set([a5, a4, d8]))[2];
      };
    }
    throw 1e-7;
  }
  catch (e15) {
    print(`caught ${show(e15)} ${e15 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map([[true, [12345678901234567890n].lastIndexOf(1.5)], ['B', 7]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  l17: for (let i16 = 0; i16 < 2; i16 += 1) {
    const f18 = (x = 1) => `${i16}${typeof x}`;
    tick();
    const v19 = clip(i16);
    try {
      let v20 = clip(({ b: new Map([]).get('null') }));
      print(show(f18(['0x1f', 'a-b'].concat(['12']).at(1), i16)));
    }
    catch (e21) {
      print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
      l23: for (let i22 = 0; i22 < 2; i22++) {
        const f24 = (x = 1) => `${i22}${typeof x}`;
        tick();
        if (([].some(x25 => false || x25 >= 7) && (i22 === 2147483647))) continue l23;
      }
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set([0b101].slice(1, 3))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task26 = async () => {
  print('task 0 step 0');
  await E(target).echo((null && 1n));
  print('a-b'.replaceAll('a-b', '[$&]') + show(await later(3, ({ key: '0x1f', b: 1, [' 7 ']: 1e21 })?.[0])) + show(await 'x,y,z'));
  switch ((1n && new Map([[0b101, ' 7 ']]).get(true))) {
    case 'a'.length: {
      const v27 = clip([].map(x28 => '').concat([].toReversed()).lastIndexOf(''));
      if (((Infinity >= null) && (v27 >= 1e-7))) return ({ ...({}), ...({ 0: 1_000, a: true }) })?.key;
      let v29 = clip(new Map(Object.entries(({ 1: (null && undefined) }))));
    }
    default: {
    }
    case (-0 / -1): {
    }
    case `<${' 7 '}|${'B'}>`: {
      break;
    }
  }
  print('task 0 step 1');
  const w35 = await Promise.resolve(Promise.allSettled([later(2, '0x1f'), later(0, (undefined || 'x,y,z')), later(0, ('12' ?? true))])).finally(() => (print('c30') ?? later(2, 'a'))).then(x => (print(`c31 ${show(x)}`) ?? Promise.allSettled([later(1, (0b101 ?? -0)), later(2, 1.5), later(1, 7)]))).catch(e => (print(`c33 ${show(e)}`) ?? Promise.allSettled([later(2, ((p34 = 1) => 'null')())])));
  print(show(w35));
  return (1n || -3n);
};
task26().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task36 = async () => {
  print('task 1 step 0');
  const w38 = await Promise.resolve({ then: (resolve, reject) => later(2, true).then(resolve) }).then(x => print(`c37 ${show(x)}`), e => print(`c37! ${show(e)}`));
  print(show(w38));
  function f39(a40, a41 = 2, ...r42) {
    tick();
    a40 ||= clip((true === true));
    let [d43, d44] = [a40, new Map([[a41, a40]]).get(0n)];
    [d43, d44] = [d44, d43];
    print(show(new Set(r42)));
    r42 = clip([...r42, (typeof d43)]);
    return d44;
  }
  print(show(({ ['-0']: [0xff, true].length, b: Math.fround(255) })));
  print('task 1 step 1');
  await Promise.any([E(target).bad((undefined ?? '')), Promise.resolve(later(1, (Infinity ?? -3n))).then(x => (print(`c46 ${show(x)}`) ?? later(0, (true ? 'a-b' : 2147483647)))), { then: (resolve, reject) => reject(true) }]);
  print('task 1 step 2');
  const w47 = await [''][2];
  print(show(w47));
  return true;
};
task36().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task48 = async () => {
  print('task 2 step 0');
  const w49 = await { then: (resolve, reject) => reject(('😀!' ?? undefined)) };
  print(show(w49));
  let i50 = 0;
  l51: do {
    tick();
    print(show((((-0 !== 7n) || isNaN(true)) || isNaN(-3n))));
    print(show(((p52 = ' 7 ') => 255n)(({ ['x,y,z']: '😀!', 1: 'a', key: 0 })?.a)));
    await Promise.race([2147483647, Promise.resolve(later(2, ({})?.[1])).finally(() => (print('c53') ?? later(1, ((p54 = 0.1) => 2)(-3n))))]);
  } while (++i50 < 4);
  print('task 2 step 1');
  print((false ? 'B' : 'null') + show(await later(1, 'null')) + show(await 'null'));
  print('task 2 step 2');
  await Promise.race([('a-b' ?? 2), Promise.resolve(later(3, '')).then(x => print(`c55 ${show(x)}`), e => print(`c55! ${show(e)}`))]);
  return ('' && 'null');
};
task48().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

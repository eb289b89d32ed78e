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
  let n3 = 0;
  for (const x2 of String([1.5].filter(x1 => false || x1 >= -1))) {
    tick();
    if (++n3 > 6) break;
    const v5 = clip([x2].some(x6 => (!null) || x6 === x2));
    let i7 = 3;
    while (i7-- > 0) {
      tick();
      try {
        throw new SyntaxError('x,y,z'.concat(7n));
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(Math.imul((3 % 10), ({ 1: undefined, a: undefined, a: 'null' })?.b)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f8 = (a9, a10 = ((p12 = true) => p12)(...[1e-7], 0), ...r11) => {
    tick();
    if ((('' !== a9) && (false && true))) return (2147483647 & -2.5);
    for (let i13 = 0; i13 < 4; i13 += 2) {
      tick();
      const v14 = clip(r11.indexOf(Object.values(({ a: a10, key: -3n, ['B']: '' })).at(-2)));
      const v15 = clip(r11.slice(1, 1));
      const f16 = (a17, a18 = a9, ...r19) => {
        tick();
        const f20 = (a21, a22 = ((p24 = 2147483647) => 1_000)(...[a9], NaN), ...r23) => {
          tick();
          print(show(((p25 = 1n) => `<${1.5}|${'null'}>`)(((null > true) ? a9 : (false ? undefined : a10)), a22)));
          return (/\d+/.test('B') ? 4294967296 : v14);
        };
        return a17;
      };
    }
    return String(JSON.stringify([], null, 1));
  };
  print(show(({})));
  print(`f8 ${show(f8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v26 = clip(1n);
  try {
    let v27 = clip(new Set(Object.keys(({ 0: '0x1f', a: Infinity })).map(x28 => x28)));
    let v29 = clip(((true ? NaN : 1_000) === (new Map([[2147483647, 2147483647], [Infinity, -2.5]]).get(1) || ({})?.key)));
    throw new Error(String([]));
  }
  finally {
    print('finally');
    print(show(({ a: (v26 && 'null'), [' 7 ']: ({ ...({ key: true, 0: 'x,y,z', b: '😀!' }), ...({}) })?.key, ['12']: [].lastIndexOf(12345678901234567890n) })));
    const w30 = await Promise.resolve((7n || undefined));
    print(show(w30));
    try {
      const f31 = (a32, a33 = (false ? 1.5 : true), ...r34) => {
        tick();
        return `<${'a'}|${'-0'}>`;
      };
    }
    catch (e35) {
      print(`caught ${show(e35)} ${e35 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(`<${-0}|${String(({ b: '-0', ['a-b']: undefined }))}>`));
  print(`v26 ${show(v26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task36 = async () => {
  print('task 0 step 0');
  const w37 = await Promise.resolve((-2.5 && 'B'));
  print(show(w37));
  print((false ? ' 7 ' : '😀!') + show(await Promise.allSettled([Promise.resolve('-0')])) + show(await -1));
  const f38 = (a39, a40 = 'é', ...r41) => {
    tick();
    let v42 = clip((r41.findIndex(x43 => (a40 < a39) || x43 !== null) % (((p44 = a39) => ' 7 ')('-0', '0x1f') & (2 * 255))));
    print(show(r41.sort()));
    return (!true);
  };
  print('task 0 step 1');
  await never(0, new TypeError(`<${1}|${'é'}>`));
  return f38('12');
};
task36().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task45 = async () => {
  print('task 1 step 0');
  await later(0, (null && '😀!'));
  for (let i46 = 0; i46 < 3; i46++) {
    const f47 = (x = 1) => `${i46}${typeof x}`;
    tick();
    print(show((Boolean(f47(12345678901234567890n)) && ((null <= 1e21) || [].every(x48 => false || x48 === 4294967296)))));
    const v49 = clip(i46);
    if ((!({})?.[1])) return Object.fromEntries(new Map([]))?.a;
    print(show(f47(...[' 7 '], i46)));
  }
  if ((!7n)) throw new Error(`<${255n}|${'-0'}>`);
  print('task 1 step 1');
  const w50 = await Promise.all([255n, Promise.race([later(1, 4294967296)])]);
  print(show(w50));
  return (0b101 ?? 'a');
};
task45().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task51 = async () => {
  print('task 2 step 0');
  await new Promise((resolve, reject) => reject((null ?? null)));
  await Promise.resolve(later(2, '-0')).then(x => (print(`c52 ${show(x)}`) ?? ({ then: (resolve, reject) => later(2, (2147483647 ?? true)).then(resolve) }))).then(x => (print(`c53 ${show(x)}`) ?? later(2, ''))).catch(e => (print(`c54 ${show(e)}`) ?? later(0, new Map([]).get('é'))));
  let v55 = clip(/[^a]/i.test('B'.substring(-2, 3).replace(/a/g, (m, ...more) => `${m}${more.length}`)));
  return [true, true, 1e21][2];
};
task51().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip(new Set(Object.keys(({ 1: -9007199254740993n, key: undefined, 0: undefined })).concat([...[], Infinity])));
  try {
    if ((((p2 = true) => p2)(true) >= 1_000)) throw new Map([]).get(null);
    v1 = clip(new Set(Object.keys(({ ['a']: 2, b: '😀!' })).concat([...[255n, 'null'], 'a'])));
  }
  catch (e3) {
    print(`caught ${show(e3)} ${e3 instanceof TypeError}`);
    print(show(v1.delete(new Map([['0x1f', '😀!']]).get([4294967296][3]))));
    if (parseFloat('a-b')) {
    }
    else {
    }
  }
  finally {
    print('finally');
  }
  print(show(new Set([null, undefined])));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i4 = 1;
  l5: while (i4-- > 0) {
    tick();
    try {
      try {
        const v6 = clip('0x1f');
        print(String(['0x1f', 'a', -9007199254740993n]) + show(await Promise.resolve(0b101)) + show(await null));
        print(show(((v6.length < 'a-b'.length) ? (7n & 12345678901234567890n) : '😀!')));
      }
      finally {
        print('finally');
      }
      throw 'B';
    }
    catch (e7) {
      print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(i4));
  print(`i4 ${show(i4)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i8 = 0;
  do {
    tick();
    if (new Set([null, -3n]).has(Infinity)) continue;
    let n10 = 0;
    for (const x9 of [...[undefined].toReversed(), -2.5]) {
      tick();
      if (++n10 > 6) break;
      let i12 = 0;
      do {
        tick();
        const v13 = clip(((1 / -1) || ((p14 = x9) => p14)(new Map([]).get(x9), [x9][0])));
        let v15 = clip(x9);
        const v16 = clip(new Map([[v13, ({ ...({}), ...({ a: v15 }) })?.key], ['a-b', ({})?.a]]));
      } while (++i12 < 1);
    }
  } while (++i8 < 1);
  print(show((~i8)));
  print(`i8 ${show(i8)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task17 = async () => {
  print('task 0 step 0');
  await Promise.resolve(never(1, Infinity)).then(x => (print(`c19 ${show(x)}`) ?? new Promise((resolve, reject) => reject((-3n ?? 1n)))));
  let i20 = 0;
  do {
    tick();
    const f21 = (a22, a23 = 'é', ...r24) => {
      tick();
      function f25(a26, a27 = false, ...r28) {
        tick();
        const v29 = clip(BigInt((~255) | 0));
        function f30(a31, a32 = ((p34 = true) => true)(''), ...r33) {
          tick();
          return (+3);
        }
        return 'x,y,z';
      }
      return ((!0xff) ? -9007199254740993n : a22);
    };
  } while (++i20 < 3);
  return [undefined, -9007199254740993n, undefined][1];
};
task17().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task35 = async () => {
  print('task 1 step 0');
  await Promise.race([Promise.all([later(3, ({ ['0x1f']: 12345678901234567890n, ['a']: 255n })?.[0]), later(1, (7 || true))]), E(target).slow('B')]);
  let [d36, d37] = [-1, -1];
  [d36, d37] = [d37, d36];
  try {
    let [d39, d40] = [(d37 ?? 1), ('null' || null)];
    [d39, d40] = [d40, d39];
    let v42 = clip(`<${(false ? d37 : 'a-b')}|${'a'.replaceAll('a-b', '[$&]')}>`);
    if ((255 >= 1e-7)) return ({})?.[1];
    throw new TypeError([d39].join('😀!'));
  }
  finally {
    print('finally');
    print(show(((p43 = d36) => 4294967296)()));
  }
  return 3;
};
task35().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task44 = async () => {
  print('task 2 step 0');
  await Promise.resolve(later(2, ('a-b' ?? 7n))).then(x => (print(`c45 ${show(x)}`) ?? ({ then: (resolve, reject) => later(2, 4294967296).then(resolve) })));
  if ((1_000 | 2)) {
    if (/[^a]/i.test('😀!'.repeat(0))) return ({ ...({ ['null']: null, [' 7 ']: NaN, ['12']: -3n }), ...({ 1: 'a', 0: 255, [' 7 ']: 255 }) })?.[1];
    print(show(new Set([12345678901234567890n])));
    print(show(new Set([])));
    print(show(((parseFloat('é') % parseFloat(' 7 ')) - Math.round(0b101))));
  }
  print('task 2 step 1');
  print('' + show(await Promise.allSettled([Promise.resolve(later(0, '😀!')).finally(() => (print('c46') ?? later(2, ' 7 '))).then(x => (print(`c47 ${show(x)}`) ?? later(0, 0xff))).catch(e => (print(`c48 ${show(e)}`) ?? later(2, ({ b: undefined, a: 0b101 })?.b)))])) + show(await null));
  return 10;
};
task44().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

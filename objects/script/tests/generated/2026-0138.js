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
  const v1 = clip(new Set(Object.keys(({ b: '-0' }))));
  let v2 = clip(({ ...Object.fromEntries(new Map(Object.entries(({ 1: '', ['a']: true, b: -3n })))), ...({ 1: ({ b: null })?.[0], b: new Map([[3, '0x1f'], ['-0', -3n]]).get('é') }) }));
  try {
    const w3 = await later(2, 1.5);
    print(show(w3));
    print(show(BigInt(Math.min('B'.length, ('0x1f' ?? -2.5)) | 0)));
    print(show(((p4 = -0) => p4)()));
    throw new RangeError(String(JSON.stringify([], null, 1)));
  }
  catch (e5) {
    print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(((((p6 = 255n) => p6)(null, 1e21) || ({ ['a-b']: 12345678901234567890n })?.a) === [].flatMap((x, i) => [i, x])[2])));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(Object.keys(({ key: 0b101 })).join('B')));
  print(show(BigInt.asUintN(0, 12345678901234567890n)));
  let n8 = 0;
  l9: for (const [k10, x7] of new Map([['😀!', (false ? true : null)]])) {
    tick();
    if (++n8 > 6) break;
    try {
      try {
        if (/\s*,\s*/.test(String(JSON.stringify('', ['a', 'key'])))) continue l9;
        const v11 = clip(new Set([...[k10, x7].toReversed(), k10]));
        if (/a/.test([k10, 1e-7].join('x,y,z'))) throw new RangeError(String(JSON.stringify(1_000, ['a', 'key'])));
      }
      catch (e12) {
        print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
        let v13 = clip(new Map([]));
      }
      finally {
        print('finally');
      }
    }
    catch (e14) {
      print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
    }
  }
  print(show(`<${'x,y,z'}|${('x,y,z' + 'x,y,z')}>`));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task15 = async () => {
  print('task 0 step 0');
  const w18 = await Promise.all([Promise.resolve(later(3, false)).then(x => print(`c17 ${show(x)}`), e => print(`c17! ${show(e)}`))]);
  print(show(w18));
  for (let i19 = 0; i19 < 1; i19++) {
    const f20 = (x = 1) => `${i19}${typeof x}`;
    tick();
    let [d21, d22] = [('B' && true), ({})?.[1]];
    [d21, d22] = [d22, d21];
    if (((true === true) || (!'x,y,z'))) break;
  }
  const v24 = clip(String(null).split(/\d+/).indexOf(new Map([]).get((12345678901234567890n && '😀!'))));
  print(show('a'));
  print('task 0 step 1');
  const w27 = await Promise.resolve(new Promise(resolve => resolve(later(2, 'a-b')))).then(x => (print(`c25 ${show(x)}`) ?? Promise.resolve(later(3, (false ? true : 0.1))).then(x => (print(`c26 ${show(x)}`) ?? later(2, ('a-b' ?? 1))))));
  print(show(w27));
  const v28 = clip(new Map([[1.5, 'B'], ['x,y,z', new Map([]).get(null)]]).has([][0]));
  const v29 = clip(v24);
  print('task 0 step 2');
  print((typeof null) + show(await Promise.resolve(new Promise((resolve, reject) => reject(255n))).finally(() => (print('c30') ?? ({ then: (resolve, reject) => later(2, NaN).then(resolve) })))) + show(await true));
  return ({ ['a']: true, key: 0b101, ['12']: 1_000 })?.[1];
};
task15().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task31 = async () => {
  print('task 1 step 0');
  const w32 = await Promise.all(['', E(target).echo(({ a: 'null' })?.[0])]);
  print(show(w32));
  if ((('x,y,z' >= 2147483647) ? ((p33 = 2147483647) => 'a')(undefined, 0b101) : -2.5)) {
    print(show([...[...[' 7 ', -2.5, null], true], (' 7 ' || '-0')].toReversed()));
    print((true ? '0x1f' : 'B') + show(await never(0, new Error((false ? 'a' : ' 7 ')))) + show(await '😀!'));
  }
  else {
  }
  print('task 1 step 1');
  await E(target).bad(({ 1: null })?.a);
  return (false ? '-0' : null);
};
task31().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

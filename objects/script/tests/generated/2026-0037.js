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
  await later(2, [true].at(1));
  let v1 = clip('😀!'.split('0x1f').toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).join('a-b'));
  let i2 = 4;
  while (i2-- > 0) {
    tick();
    const v3 = clip(new Map([['', Object.fromEntries(new Map([['', 'B'], [10, 0n]]))?.key], ['é', [].indexOf(10)]]));
    let v4 = clip(('a' in Object.fromEntries(v3)));
    let n6 = 0;
    for (const [k7, x5] of v3) {
      tick();
      if (++n6 > 6) break;
    }
  }
  print(show((!({ b: 'B' })?.[0])));
  print(`i2 ${show(i2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  switch (((p8 = undefined) => 'a')(['😀!'].at(-2), -2.5)) {
    case (true ? 1e-7 : 7): {
      switch (((p9 = 'B') => new Map([['B', p9], [255n, p9]]).get(p9))('é', 12345678901234567890n)) {
        case (false ? 7n : -3n): {
          let n11 = 0;
          for (const x10 of []) {
            tick();
            if (++n11 > 6) break;
            let [d13, d14] = [1e21, ({})?.[0]];
            [d13, d14] = [d14, d13];
            let v16 = clip(new Set([].map(x17 => d13).toReversed()));
          }
        }
        case String(JSON.stringify('B', null, 1)): {
        }
      }
    }
    case parseInt('😀!'): {
    }
  }
  print(show(Object.fromEntries(new Map([['😀!', (true ? '-0' : 2147483647)]]))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  const w19 = await Promise.all([E(target).slow(1n), new Promise((resolve, reject) => reject([].at(-1)))]);
  print(show(w19));
  if ((Number('12') < 1)) return Number('a');
  const v20 = clip((/a/.test('a-b') && (2147483647 - 7)));
  if (new Set([10]).has(v20)) throw new Error(''.substring(-3, 3));
  try {
  }
  catch (e21) {
    print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  return (v20 ?? v20);
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task22 = async () => {
  print('task 1 step 0');
  print(`<${1}|${'0x1f'}>` + show(await Promise.any([Promise.any([later(1, ({ 1: null, a: -0 })?.[0]), later(1, (1_000 ?? 3)), later(2, '0x1f')]), Promise.resolve('-0')])) + show(await 255));
  let n24 = 0;
  for (const x23 of String(['x,y,z'][0])) {
    tick();
    if (++n24 > 6) break;
    function f26(a27, a28 = x23, ...r29) {
      tick();
      let v30 = clip(r29.concat(r29));
      let v31 = clip(v30);
      const { a: d32 = x23, [`k${'ey'}`]: d33, ...d34 } = ({ ['a-b']: x23 });
      const v35 = clip((Array.isArray('é') || (!'B')));
      return ((p36 = d32) => ({ key: d33, ['']: 0 })?.[0])();
    }
  }
  return ('😀!' || -9007199254740993n);
};
task22().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task37 = async () => {
  print('task 2 step 0');
  const w38 = await E(target).echo(false);
  print(show(w38));
  if (/a/.test((Infinity | 0).toString(8))) throw ((p39 = true) => p39)(-9007199254740993n);
  const f40 = function (a41, a42 = 'é', ...r43) {
    tick();
    let v44 = clip(new Set([true]));
    const { a: d45 = '0x1f', [`k${'ey'}`]: d46, ...d47 } = ({ b: ({ a: 7n, 1: 0n })?.[1], ['x,y,z']: '-0' });
    return d45;
  };
  print('task 2 step 1');
  const w48 = await Promise.all(['', Promise.resolve([true, undefined, '😀!'][0]), Promise.allSettled([later(1, [255n, undefined][0])])]);
  print(show(w48));
  print('task 2 step 2');
  const w49 = await Promise.resolve(12345678901234567890n);
  print(show(w49));
  return 'é';
};
task37().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

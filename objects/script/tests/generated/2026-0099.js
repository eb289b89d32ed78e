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
  if (Object.fromEntries(new Map([[1e-7, '-0']]))?.key) {
    const v1 = clip((1e-7 >>> ((-1 === -2.5) ? Number('12') : Math.max(0.1, 0.1))));
    function f2(a3, a4 = (undefined || '😀!'), ...r5) {
      tick();
      for (let i6 = 0; i6 < 1; i6 += 1) {
        const f7 = (x = 1) => `${i6}${typeof x}`;
        tick();
        const v8 = clip(({ 0: (new Map([[1e-7, 'x,y,z'], [a4, undefined]]).get(a4) || a4), 1: ({ ...({ 1: true, 1: -3n, key: 'x,y,z' }), ...({ b: ' 7 ', 0: 0, b: null }) })?.a, 0: f7(a3, a3) }));
        if ((i6 === (v1 % v1))) break;
      }
      r5 = clip(['a-b', 1e-7, 1n]);
      return (a4 && (false ? a3 : 'x,y,z'));
    }
  }
  else {
  }
  print(show(({ 0: ((true === 1.5) ? -9007199254740993n : NaN), key: new Map([[0xff, undefined], [1_000, 2147483647]]).get([].at(-1)), 1: (('0' in ({ b: '-0', b: ' 7 ' })) ? [1e21][1] : 1_000) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(BigInt(((2147483647 && 1_000) * ['x,y,z', 7n].findIndex(x9 => true || x9 >= -3n)) | 0)));
  let v10 = clip((typeof [true, 7].at(3)));
  switch (/(\w)(\w)?/.test('')) {
    default: {
      switch (new Map([['B', '']]).get((255 && 'a-b'))) {
        case (true ? v10 : '0x1f'): {
          v10 = clip(v10);
          let n12 = 0;
          for (const x11 of new Set([undefined, 'B', '0x1f'])) {
            tick();
            if (++n12 > 6) break;
            const v14 = clip(new Map([]));
            const f15 = (a16, a17 = x11, ...r18) => {
              tick();
              let v19 = clip(new Set(r18));
              return (~-0);
            };
          }
        }
        case [...'é'].toReversed().join(''): {
          break;
        }
      }
    }
    case (false ? -1 : 'x,y,z'): {
    }
    case NaN: {
      break;
    }
  }
  print(show(Array.from((true ? 'x,y,z' : 'x,y,z')).every(x20 => /\d+/.test('😀!') || x20 !== '')));
  print(`v10 ${show(v10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task21 = async () => {
  print('task 0 step 0');
  const w29 = await Promise.resolve(new Promise((resolve, reject) => reject([true].at(2)))).catch(e => (print(`c22 ${show(e)}`) ?? new Promise(resolve => resolve(later(0, (10 ?? null)))))).then(x => (print(`c24 ${show(x)}`) ?? later(0, -9007199254740993n))).finally(() => (print('c25') ?? Promise.resolve(later(2, ({ b: 3, a: Infinity, key: undefined })?.[0])).finally(() => (print('c26') ?? later(3, ('0x1f' || 3)))).finally(() => (print('c27') ?? later(2, 'a-b'))).catch(e => (print(`c28 ${show(e)}`) ?? later(2, 'a-b')))));
  print(show(w29));
  try {
    const { a: d30 = '-0', [`k${'ey'}`]: d31, ...d32 } = ({});
    let v33 = clip(Number(String(JSON.stringify(d32, null, 1))));
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  print((1_000).toExponential(1) + show(await { then: (resolve, reject) => resolve((false ? 2147483647 : 0n)) }) + show(await '12'));
  print('task 0 step 2');
  print(['é', 0b101, 1_000].join('😀!') + show(await new Promise(resolve => resolve(new Promise((resolve, reject) => reject((true ?? 1)))))) + show(await null));
  return '😀!';
};
task21().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task34 = async () => {
  print('task 1 step 0');
  const w35 = await ' 7 ';
  print(show(w35));
  const v36 = clip(new Map([[null, [-3n, 0xff, ''].map(x37 => null).at(-2)], ['x,y,z', ({ ...({}), ...({}) })?.a]]));
  switch ((undefined * 255)) {
    case 'a-b'.length: {
      print(show(((p38 = 0) => (('0' in ({ a: p38 })) ? 'é' : p38))(({})?.key)));
      print(show((Number.isInteger((true ? null : ' 7 ')) ? String(({ ['12']: undefined, a: '12' })?.key) : ((undefined <= undefined) ? ['-0'].join('é') : String(JSON.stringify(Infinity, ['a', 'key']))))));
    }
    case (true ? 0xff : 1): {
    }
  }
  print('task 1 step 1');
  print([true].join('12') + show(await later(2, 'é')) + show(await 0));
  print('task 1 step 2');
  print('-0' + show(await Promise.all([E(target).echo(4294967296), Promise.any([later(0, new Map([]).get(true))])])) + show(await 2147483647));
  return new Map([[1, true]]).get('-0');
};
task34().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task39 = async () => {
  print('task 2 step 0');
  print(' 7 '.substring(2, 0) + show(await E(target).echo(0)) + show(await ' 7 '));
  if (({ 0: 3, b: 'null' })?.a) {
    const [d40 = [0b101, 0n, null][1], d41, ...d42] = [];
    print(show(d42.reverse()));
    const w46 = await new Promise(resolve => resolve(Promise.resolve(later(3, true)).then(x => print(`c43 ${show(x)}`), e => print(`c43! ${show(e)}`)).catch(e => (print(`c44 ${show(e)}`) ?? later(1, ({ a: d40, ['null']: d41 })?.key))).then(x => (print(`c45 ${show(x)}`) ?? later(1, (1e21 ?? d40))))));
    print(show(w46));
  }
  print(show(new Map([[null, ((p47 = '') => p47)(-0)], ['', ('😀!' ?? 7)]]).has((' 7 ' ?? ({ ['null']: 'é', ['x,y,z']: 'x,y,z' })?.[1]))));
  return 3;
};
task39().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

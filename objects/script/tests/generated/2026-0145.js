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
  let v1 = clip(new Map([[true, ({ b: ' 7 ', ['é']: 'x,y,z' })?.[1]]]).get([].every(x2 => true || x2 === true)));
  print(show(((p3 = 'é') => Infinity)(...['0x1f'.length], v1)));
  const [d4 = 1n, d5, ...d6] = [v1, v1, -3n].join('-0').split(/(\w)(\w)?/);
  for (let i7 = 0; i7 < 3; i7 += 1) {
    const f8 = (x = 1) => `${i7}${typeof x}`;
    tick();
    if (('a' in Object.assign({}, ({ ['-0']: d4, a: null, key: 0xff }), ({ ['']: 10 })))) throw new Error('12'.charAt(-3));
    const v9 = clip((255n | BigInt(2147483647 | 0)));
  }
  print(show('é'.split(/[^a]/i).join('x,y,z')));
  print(`d5 ${show(d5)}`);
  print(`d4 ${show(d4)}`);
  print(`d6 ${show(d6)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f10 = (a11, a12 = '-0', ...r13) => {
    tick();
    let i14 = 4;
    while (i14-- > 0) {
      tick();
      let i15 = 1;
      while (i15-- > 0) {
        tick();
        if ((1.5 >= a12)) continue;
        const v16 = clip(new Map([[0xff, (a11 && a12)], [null, a11]]));
        let v17 = clip(new Set(r13));
      }
    }
    return (-9007199254740993n || new Map([[null, 'é'], [null, -1]]).get(a11));
  };
  print(show(('0' in Object.assign({}, ({ ...({ key: 3, 0: '😀!' }), ...({}) }), ({ ...({ ['12']: 1e-7, ['12']: null }), ...({ key: 7n, 1: 3 }) })))));
  print(`f10 ${show(f10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  for (let i18 = 0; i18 < 3; i18 += 2) {
    const f19 = (x = 1) => `${i18}${typeof x}`;
    tick();
    try {
      const w24 = await Promise.resolve(never(0, f19(null, true))).then(x => (print(`c20 ${show(x)}`) ?? Promise.resolve(later(2, [3, 12345678901234567890n, 4294967296][2])).then(x => (print(`c21 ${show(x)}`) ?? later(0, '0x1f'))).then(x => print(`c22 ${show(x)}`), e => print(`c22! ${show(e)}`)))).then(x => (print(`c23 ${show(x)}`) ?? never(3, true)));
      print(show(w24));
      let n26 = 0;
      for (const x25 of new Set([true])) {
        tick();
        if (++n26 > 6) break;
        const f28 = function (a29, a30 = '12', ...r31) {
          tick();
          return ({ ...({}), ...({}) })?.key;
        };
      }
      throw i18;
    }
    catch (e32) {
      print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(7n));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task33 = async () => {
  print('task 0 step 0');
  const w34 = await { then: (resolve, reject) => reject('é') };
  print(show(w34));
  let v35 = clip((((NaN / 1e21) | 0).toString(4) + ((p36 = true) => p36)((true ? 1e21 : '12'))));
  const w37 = await new Promise((resolve, reject) => reject((1e-7 ?? Infinity)));
  print(show(w37));
  try {
    let [d38, d39] = [(null ?? true), (false ? true : 'é')];
    [d38, d39] = [d39, d38];
    const w41 = await Promise.any([never(3, (true ? '' : ' 7 ')), new Promise(resolve => resolve(later(0, (true || 0.1))))]);
    print(show(w41));
  }
  catch (e42) {
    print(`caught ${show(e42)} ${e42 instanceof TypeError}`);
  }
  print('task 0 step 1');
  await false;
  return 'é';
};
task33().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task43 = async () => {
  print('task 1 step 0');
  const w44 = await Promise.all([later(1, true)]);
  print(show(w44));
  const v45 = clip(Array.from(new Set([])).length);
  try {
    let [d46, d47] = [((p49 = 1e-7) => ' 7 ')(1e21, 'é'), v45];
    [d46, d47] = [d47, d46];
    const v50 = clip((typeof 'x,y,z').split(/a/));
    const v51 = clip(new Map([['😀!', d47]]).get(d46));
  }
  catch (e52) {
    print(`caught ${show(e52)} ${e52 instanceof TypeError}`);
    let v53 = clip(new Set([undefined, 1, true].flatMap((x, i) => [i, x]).filter(x54 => ('0' in ({})) || x54 === -1)));
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  print(`<${'x,y,z'}|${'é'}>` + show(await new Promise(resolve => resolve(Promise.resolve(-0)))) + show(await 2));
  return (true ? ' 7 ' : null);
};
task43().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip([...Array.from('a-b'), [-2.5][3]].lastIndexOf((isNaN(Infinity) ? (true ? undefined : '') : (null && 0.1))));
  print(show(((p2 = -2.5) => ((p3 = null) => p3)([][3]))()));
  if (v1) {
    print(show(((p4 = true) => `<${'B'}|${'é'}>`)(/a/.test('a-b'))));
    if (((p5 = true) => ({ b: p5, a: 'x,y,z' })?.[1])()) {
    }
    else {
    }
  }
  print(show(new Set(Array.from(new Set([])))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f6(a7, a8 = [2147483647].at(1), ...r9) {
    tick();
    let n11 = 0;
    for (const x10 of new Set(r9)) {
      tick();
      if (++n11 > 6) break;
      let n14 = 0;
      for (const x13 of [1, 'é']) {
        tick();
        if (++n14 > 6) break;
        let v16 = clip(Object.fromEntries(new Map([[1_000, x13], [null, x13]])));
        print(show((v16[((0.1 === -1) ? (a8 && x13) : 1.5)] = 1)));
      }
    }
    return (2).toExponential(2);
  }
  print(show(((1.5 / 1e21) / (4294967296 / 3))));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v17 = clip(Math.min((10 % Math.min(0.1, -2.5)), ({ ...({ 1: 'null', b: 'B', a: 0 }), ...({ 1: 'a-b', 0: 2147483647 }) })?.[1]));
  for (let i18 = 0; i18 < 3; i18 += 2) {
    const f19 = (x = 1) => `${i18}${typeof x}`;
    tick();
    let v20 = clip((([2147483647].at(1) | 'null'.length)).toPrecision(5));
    const { a: d21 = (false ? 2 : null), [`k${'ey'}`]: d22, ...d23 } = ({ 0: v20 });
    const { a: d24 = 0n, [`k${'ey'}`]: d25, ...d26 } = Object.assign({}, Object.fromEntries(new Map([[d22, d21]])), d23);
  }
  const f27 = (a28, a29 = (false ? 0.1 : -1), ...r30) => {
    tick();
    let n32 = 0;
    l33: for (const x31 of [a28, a29]) {
      tick();
      if (++n32 > 6) break;
    }
    return a28;
  };
  print(show((new Map([]).get(({ 0: true })?.[0]) <= '-0'.length)));
  print(`f27 ${show(f27)}`);
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task35 = async () => {
  print('task 0 step 0');
  await false;
  let v36 = clip(({ 1: ''.trim(), ['0x1f']: ({})?.[0], 1: ((!null) ? (true ? 'x,y,z' : 'é') : '') }));
  let n38 = 0;
  for (const x37 of [-0, -2.5]) {
    tick();
    if (++n38 > 6) break;
    print(show(((p40 = undefined) => p40)()));
    print(show(((p42 = 'B') => ({ ...({ b: p42, ['']: 1n }), ...({ 0: 1n }) })?.key)(({ b: 0b101, 1: x37 })?.a, x37)));
    let v43 = clip(BigInt.asUintN(24, 7n));
    v43 = clip(v43);
  }
  if (Math.fround(NaN)) {
  }
  print('task 0 step 1');
  print((true ? 'x,y,z' : 'null') + show(await Promise.allSettled([E(target).echo(''), ((p44 = 2) => p44)('x,y,z'), Promise.any([later(3, (true ? '😀!' : 'x,y,z')), later(2, ((p45 = 255) => p45)()), later(0, (null || 7))])])) + show(await true));
  print('task 0 step 2');
  await Promise.allSettled([Promise.resolve(later(1, (null || ''))).then(x => print(`c46 ${show(x)}`), e => print(`c46! ${show(e)}`)).catch(e => (print(`c48 ${show(e)}`) ?? later(3, (-3n ?? 'x,y,z')))), Promise.any([later(1, (true ?? 'null')), later(3, '')]), Promise.any([later(0, 0.1), later(3, [true, true].at(3))])]);
  return 1n;
};
task35().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task49 = async () => {
  print('task 1 step 0');
  const w50 = await never(0, new RangeError(String(JSON.stringify(({}), null, 1))));
  print(show(w50));
  let i51 = 4;
  while (i51-- > 0) {
    tick();
    if (Number.isNaN(('x,y,z' || 0.1))) break;
    const v52 = clip(BigInt.asUintN(58, (-3n / (-3n - 0n))));
  }
  if (new Map([[undefined, 1]]).get((true ? 1_000 : 1e-7))) {
    const w53 = await { then: (resolve, reject) => resolve((false ? 7n : 1e-7)) };
    print(show(w53));
    const f54 = (a55, a56 = Infinity, ...r57) => {
      tick();
      const f58 = (a59, a60 = -0, ...r61) => {
        tick();
        return Object.values(({ a: a59, 0: 'a-b', 1: 7n }))[2];
      };
      return BigInt(0 | 0);
    };
  }
  else {
  }
  return 1n;
};
task49().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task62 = async () => {
  print('task 2 step 0');
  await Promise.resolve(((p63 = '') => p63)()).finally(() => (print('c64') ?? Promise.allSettled([later(0, 3)]))).then(x => print(`c65 ${show(x)}`), e => print(`c65! ${show(e)}`));
  switch ((false ? 'é' : '0x1f')) {
    case (255 | 3): {
      let v66 = clip(Object.assign({}, Object.fromEntries(new Map(Object.entries(({ a: 'x,y,z', a: 7n, 1: 'a-b' })))), ({ a: ({ b: 'null', ['B']: 'é' })?.[0] })));
      const f67 = function (a68, a69 = (false ? true : '-0'), ...r70) {
        tick();
        const v71 = clip(new Map([[0.1, a69]]));
        a68 ??= clip('a-b'.concat(a68));
        r70 = clip(r70.toSorted());
        return a69;
      };
    }
    case [1e-7, undefined].findIndex(x72 => true || x72 >= true): {
    }
    case 1e-7: {
    }
  }
  print('task 2 step 1');
  print(('0x1f' + undefined) + show(await { then: (resolve, reject) => resolve(({ key: undefined, 1: -1 })?.[0]) }) + show(await true));
  return (0 ?? '0x1f');
};
task62().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

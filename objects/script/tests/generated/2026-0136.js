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
  const v1 = clip(`<${255}|${'x,y,z'.padEnd(11, ' 7 ')}>`.split('-0'));
  let v2 = clip([1, 0xff]);
  v2 = clip(v2);
  print(show(({ a: ((10 < 1) ? false : true), key: String([true, 'x,y,z']) })));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v3 = clip(String(Object.assign({}, ({ 1: 3, [' 7 ']: '😀!' }), ({ 1: 'a', 1: '😀!' }))));
  try {
    switch ((typeof 1n)) {
      case -1: {
        print(show(((p4 = true) => (p4 || 0))()));
        break;
      }
      default: {
      }
      case (true ? -1 : 1.5): {
        break;
      }
    }
    throw new RangeError((true ? 'é' : '😀!'));
  }
  finally {
    print('finally');
  }
  print(show(({ a: new Map(Object.entries(({ 0: 2, ['']: -2.5, 0: '12' }))).get(((p5 = undefined) => 'null')(null)), [' 7 ']: ' 7 '.length })));
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task6 = async () => {
  print('task 0 step 0');
  print(String(undefined) + show(await new Promise((resolve, reject) => reject(false))) + show(await -3n));
  const v7 = clip((['a', 1n].lastIndexOf('a-b') < Math.floor((10 / 1e-7))));
  const v8 = clip(({}));
  let v9 = clip(new Map(Object.entries(Object.assign({}, ({ b: '😀!', 1: null, a: 'a-b' }), Object.fromEntries(new Map([[true, true]]))))));
  print('task 0 step 1');
  await Promise.resolve(((p10 = 1e-7) => undefined)(...[true], true)).then(x => (print(`c11 ${show(x)}`) ?? Promise.any([later(3, (255n ?? 7)), later(2, (null && 0))]))).catch(e => (print(`c12 ${show(e)}`) ?? new Map([[1e21, -9007199254740993n]]).get(1n)));
  const v13 = clip((([].every(x14 => false || x14 < 'B') ? (10 << 10) : (+4294967296))).toExponential(4));
  print('task 0 step 2');
  const w23 = await Promise.resolve(Promise.resolve(later(2, ((p15 = undefined) => undefined)(-9007199254740993n, 10))).catch(e => (print(`c16 ${show(e)}`) ?? later(3, -1))).then(x => (print(`c17 ${show(x)}`) ?? later(2, v13))).then(x => (print(`c18 ${show(x)}`) ?? later(2, (7n ?? undefined))))).finally(() => (print('c19') ?? never(2, 1))).catch(e => (print(`c21 ${show(e)}`) ?? Promise.allSettled([later(2, '')]))).then(x => (print(`c22 ${show(x)}`) ?? ({ then: (resolve, reject) => resolve(1) })));
  print(show(w23));
  return (1e-7 && 255);
};
task6().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task24 = async () => {
  print('task 1 step 0');
  const w28 = await Promise.resolve(Promise.resolve('B')).then(x => (print(`c25 ${show(x)}`) ?? Promise.race([later(1, [].at(3)), later(3, (1.5 ?? 0xff)), later(3, 'x,y,z')]))).finally(() => (print('c26') ?? later(3, new Map([]).get(7)))).catch(e => (print(`c27 ${show(e)}`) ?? Promise.all([later(0, ('B' || undefined))])));
  print(show(w28));
  print(show(new Set([null, 3])));
  print(show(((p29 = 0b101) => p29)()));
  print('task 1 step 1');
  await Promise.resolve(Promise.resolve(later(2, 0b101)).finally(() => (print('c31') ?? later(2, 1e21))).finally(() => (print('c32') ?? later(1, '12'))).catch(e => (print(`c33 ${show(e)}`) ?? later(2, (1e21 && 0.1))))).then(x => (print(`c34 ${show(x)}`) ?? new Promise((resolve, reject) => reject((true ? -9007199254740993n : undefined))))).catch(e => (print(`c35 ${show(e)}`) ?? ({})?.key)).then(x => (print(`c36 ${show(x)}`) ?? never(2, new SyntaxError([...'-0'].toReversed().join('')))));
  print(show(((p37 = ' 7 ') => p37)(...[[null, null, 'x,y,z'].at(-1)], [true, 2, ' 7 '].findIndex(x38 => false || x38 === true))));
  const f39 = function (a40, a41 = ('12' && 10), ...r42) {
    tick();
    const f43 = function (a44, a45 = 255n, ...r46) {
      tick();
      const f47 = function (a48, a49 = false, ...r50) {
        tick();
        const v51 = clip(new Map(Object.entries(Object.fromEntries(new Map([[a40, a41], ['é', a45]])))));
        return r46[2];
      };
      return parseFloat('a-b');
    };
    return (f43(...[-3n], a40) ?? 'a-b');
  };
  return ({ 1: 12345678901234567890n })?.[0];
};
task24().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task52 = async () => {
  print('task 2 step 0');
  const w53 = await { then: (resolve, reject) => later(2, '😀!').then(resolve) };
  print(show(w53));
  const { a: d54 = ((p57 = 'B') => undefined)(undefined), [`k${'ey'}`]: d55, ...d56 } = Object.assign({}, ({ b: true }), ({ b: '', a: 'null', b: null }));
  try {
    const v58 = clip((d55 !== [-2.5, 1e21, 'null'].every(x59 => false || x59 < 'x,y,z')));
    print(show(((p60 = d54) => d55)()));
    throw 'null';
  }
  catch (e61) {
    print(`caught ${show(e61)} ${e61 instanceof TypeError}`);
  }
  return ((p62 = 2147483647) => 'B')(...[d54], d54);
};
task52().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

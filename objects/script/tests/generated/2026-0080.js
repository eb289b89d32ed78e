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
  function f1(a2, a3 = (1_000 ?? 0.1), ...r4) {
    tick();
    const { a: d5 = a2, [`k${'ey'}`]: d6, ...d7 } = ({ a: -3n, ['a']: (2 ?? true), a: false });
    print(show(((BigInt(7 | 0) % 0n) & 1n)));
    return (new Set(r4).has(Infinity) ? 'x,y,z' : d6);
  }
  let n9 = 0;
  for (const x8 of ['é']) {
    tick();
    if (++n9 > 6) break;
    for (let i11 = 0; i11 < 2; i11 += 2) {
      tick();
      const v12 = clip(i11);
    }
  }
  print(show(['B'].every(x13 => /^x|y$/.test('12') || x13 === undefined)));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if ((1e-7 - Infinity)) {
    print(show([].slice(-1, -1).slice(1, 0).flatMap((x, i) => [i, x])));
    let v14 = clip((('null' ?? [].at(-1)) && (- 1)));
    if (((false || true) && new Set([null]).has(true))) throw v14;
  }
  print(show(((p15 = 3) => p15)(...[('é' + 12345678901234567890n)], [...[true, undefined, null], 'a-b'].at(1))));
  function f16(a17, a18 = (false ? ' 7 ' : -3n), ...r19) {
    tick();
    const f20 = function (a21, a22 = a18, ...r23) {
      tick();
      print(show(r23.reverse()));
      try {
        throw 'B';
      }
      finally {
        print('finally');
      }
      return ({ 1: -3n, ['-0']: 1.5, 1: a18 })?.key;
    };
    return r19.at(1);
  }
  print(show(({ b: [].at(-2), 0: (-0 | 0).toString(26), b: parseFloat('B') })));
  print(`f16 ${show(f16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  const w26 = await E(target).slow([1, undefined, 1].at(0));
  print(show(w26));
  print(show(12345678901234567890n));
  let v27 = clip(new Map([]));
  if ([' 7 ', 'B', undefined].toReversed().some(x28 => ('a' in ({ key: x28, a: -3n, key: undefined })) || x28 < 1)) throw new RangeError([...'-0'].toReversed().join(''));
  print(show([0b101, -1, -9007199254740993n]));
  print(show(new Set([undefined, 3])));
  print('task 0 step 1');
  const w29 = await { then: (resolve, reject) => reject([].at(2)) };
  print(show(w29));
  print('task 0 step 2');
  const w30 = await { then: (resolve, reject) => later(2, [undefined][1]).then(resolve) };
  print(show(w30));
  return 1.5;
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task31 = async () => {
  print('task 1 step 0');
  await Promise.resolve(Promise.resolve(later(1, 7)).then(x => (print(`c32 ${show(x)}`) ?? later(2, ((p33 = '😀!') => null)('0x1f'))))).then(x => (print(`c34 ${show(x)}`) ?? Promise.race([later(2, new Map([[-0, ' 7 '], ['-0', undefined]]).get(null)), later(1, ({})?.[0])]))).then(x => (print(`c35 ${show(x)}`) ?? new Promise(resolve => resolve(later(2, (undefined ?? 1)))))).then(x => (print(`c36 ${show(x)}`) ?? Promise.resolve(later(0, 7)).then(x => (print(`c37 ${show(x)}`) ?? later(3, 2147483647)))));
  let i38 = 0;
  do {
    tick();
    const v39 = clip(new Map(Object.entries(({ ...({ 0: 1_000 }), ...({ b: '0x1f', b: '0x1f' }) }))));
    const v40 = clip([].filter(x41 => false || x41 !== null).flatMap((x, i) => [i, x]).map(x42 => x42));
  } while (++i38 < 3);
  let v43 = clip([true, '-0'].flatMap((x, i) => [i, x]));
  let n45 = 0;
  for (const x44 of [true, 3]) {
    tick();
    if (++n45 > 6) break;
    function f47(a48, a49 = ((p51 = x44) => 1.5)(...[0.1], x44), ...r50) {
      tick();
      return (i38 * 0xff);
    }
  }
  print('task 1 step 1');
  const w52 = await Promise.resolve(1e21);
  print(show(w52));
  return (true ? 2147483647 : '');
};
task31().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

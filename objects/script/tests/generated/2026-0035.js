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
  let v1 = clip(new Set(Object.values(({ b: null, b: null })).map(x2 => (x2 ?? 3))));
  const f3 = (a4, a5 = (false ? 1 : -9007199254740993n), ...r6) => {
    tick();
    let v7 = clip(new Map([[255, [-0, a4][2]], [a4, a5]]).get(((p8 = '-0') => a5)()));
    if (a4) {
      let n10 = 0;
      for (const x9 of r6) {
        tick();
        if (++n10 > 6) break;
        print(show(r6.length));
        print(show('-0'));
        const f12 = function (a13, a14 = a4, ...r15) {
          tick();
          print(show(new Map([[x9, a14], [null, ((p16 = 'a-b') => 'a')()]])));
          return (4294967296 + 3);
        };
      }
    }
    else {
    }
    return a5;
  };
  print(show([...'é'.padEnd(11, 'null')].toReversed().join('').split('x,y,z')));
  print(`f3 ${show(f3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v17 = clip((-3n % ((0n ^ -9007199254740993n) % -9007199254740993n)));
  try {
    const f18 = (a19, a20 = 10, ...r21) => {
      tick();
      print(show(new Set(['-0', 1e21, 0n])));
      return a20;
    };
    throw new SyntaxError('😀!'.charAt(-3));
  }
  catch (e22) {
    print(`caught ${show(e22)} ${e22 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(Array.from(new Set([undefined, ' 7 ', 0n])).length));
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let [d23, d24] = [new Map([]).get(null), 1e21];
  [d23, d24] = [d24, d23];
  let n27 = 0;
  for (const x26 of `<${d23}|${('null' + 1)}>`) {
    tick();
    if (++n27 > 6) break;
    let v29 = clip(Number(`<${(x26 && true)}|${('a' + 255n)}>`));
    function f30(a31, a32 = ((p34 = d24) => p34)(...[null], '😀!'), ...r33) {
      tick();
      return x26;
    }
  }
  print(show((typeof BigInt.asUintN(62, 0n))));
  print(`d24 ${show(d24)}`);
  print(`d23 ${show(d23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task35 = async () => {
  print('task 0 step 0');
  await Promise.resolve(0xff);
  const v36 = clip(new Set([true, 2].filter(x37 => ('-0' <= 'é') || x37 !== true)));
  try {
    print(show(new Map([[0, new Map(Object.entries(({ key: undefined, a: NaN }))).get(({ 0: null, ['-0']: true })?.[0])]])));
    const [d38 = '', d39, ...d40] = [1e-7, '12'].join('a').split('B');
    print(show([...'-0'.split('12').toSorted(), d38]));
    throw new TypeError((typeof '-0'));
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  print(`<${null}|${'x,y,z'}>` + show(await later(3, 7)) + show(await true));
  return ({ key: 0n })?.[1];
};
task35().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task41 = async () => {
  print('task 1 step 0');
  print((1.5 | 0).toString(10) + show(await Promise.resolve(E(target).bad((-2.5 && 12345678901234567890n))).catch(e => (print(`c42 ${show(e)}`) ?? 255n)).catch(e => (print(`c43 ${show(e)}`) ?? Promise.resolve(('-0' ?? 0b101)))).then(x => (print(`c44 ${show(x)}`) ?? never(2, ((p45 = 2) => '12')(undefined, 0.1))))) + show(await 'B'));
  const v46 = clip(['B', undefined]);
  const f47 = (a48, a49 = new Map([[1_000, 1_000], [true, true]]).get(null), ...r50) => {
    tick();
    function f51(a52, a53 = a48, ...r54) {
      tick();
      print(show(((p55 = a53) => (a48 && 0.1))(...[a52], Object.fromEntries(new Map([[-2.5, ''], [a52, a48]]))?.[0])));
      let v56 = clip((-0 < ((p57 = a53) => '0x1f')(1)));
      return ((p58 = undefined) => a53)(...[-0], (0b101 && 'a-b'));
    }
    const v59 = clip(((BigInt.asUintN(54, -3n) / (-3n / 0n)) * (BigInt.asUintN(57, 12345678901234567890n) ^ (7n / 0n))));
    const v60 = clip(((v46.includes('a') && ('key' in ({ ['0x1f']: a49 }))) && Array.isArray(a48)));
    return new Map([]).get(false);
  };
  print('task 1 step 1');
  await later(0, ' 7 ');
  print('task 1 step 2');
  print(`<${'x,y,z'}|${'12'}>` + show(await 0xff) + show(await ''));
  return 255;
};
task41().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task61 = async () => {
  print('task 2 step 0');
  const w63 = await never(0, false);
  print(show(w63));
  const f64 = function (a65, a66 = 3, ...r67) {
    tick();
    print(show(`<${(Infinity * -1)}|${[2].join('B').concat((false ? 255n : a65))}>`));
    const v68 = clip(Math.sqrt(Math.max((undefined / 1_000), a66)));
    print(show(r67.push(a65)));
    const f69 = function (a70, a71 = 'a-b', ...r72) {
      tick();
      return (a66 ?? a71);
    };
    return (/[a-z]+/.test('é') ? a66 : '-0');
  };
  print('task 2 step 1');
  const w74 = await Promise.resolve(new Promise((resolve, reject) => reject(({ ['-0']: 2147483647, 0: undefined })?.b))).finally(() => (print('c73') ?? later(1, (-9007199254740993n ?? null))));
  print(show(w74));
  print('task 2 step 2');
  print('B'.padStart(9, '0x1f') + show(await never(2, 'B')) + show(await 0b101));
  return new Map([['a', 1n]]).get(null);
};
task61().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const f1 = function (a2, a3 = 1, ...r4) {
    tick();
    try {
      print(show(((Number.isNaN(1.5) ? (undefined && '') : false) >= a3)));
      const f5 = function (a6, a7 = new Map([]).get('é'), ...r8) {
        tick();
        print(show(r4.splice(0, 1, String(a6))));
        let n10 = 0;
        l11: for (const x9 of String(JSON.stringify(' 7 '.length, null, 1))) {
          tick();
          if (++n10 > 6) break;
          let v13 = clip(BigInt((Number.isInteger(true) ? (+0) : [].findIndex(x14 => false || x14 < 2147483647)) | 0));
          const v15 = clip(((1e21 + 0) < a7));
        }
        return a3;
      };
      throw new Error((true ? '0x1f' : 'null'));
    }
    catch (e16) {
      print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
    }
    return `<${0b101}|${' 7 '}>`;
  };
  print(show(({ key: (0b101 - 3), a: (false || false) })));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    if ((new Set([null, ' 7 ']).has('é') && (true && true))) throw new SyntaxError((typeof true));
    print(show(Math.fround(((true ? 'a-b' : true) & (10 - 255)))));
    switch (new Map([['x,y,z', 0xff], [-0, undefined]]).get([null][1])) {
      default: {
        print(show(((p17 = NaN) => (-2.5 ^ -0))()));
        function f18(a19, a20 = ({ a: undefined, ['x,y,z']: 12345678901234567890n })?.[0], ...r21) {
          tick();
          return a19;
        }
      }
      case 1.5: {
      }
      case 0n: {
      }
    }
    throw '12';
  }
  finally {
    print('finally');
  }
  print(show(Object.fromEntries(new Map([[1e-7, ({ ['null']: 255n })?.[0]], [0n, new Map([[0n, NaN], ['a', 1n]]).get(' 7 ')]]))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const { a: d22 = ((p25 = 10) => p25)(...['a-b'], '0x1f'), [`k${'ey'}`]: d23, ...d24 } = ({ a: (true ? Infinity : 7) });
  const f26 = function (a27, a28 = ((p30 = 2147483647) => '')(), ...r29) {
    tick();
    a27 = clip(a28);
    print(show(r29.reverse()));
    let i31 = 0;
    do {
      tick();
      for (let i32 = 0; i32 < 2; i32 += 2) {
        const f33 = (x = 1) => `${i32}${typeof x}`;
        tick();
        if ((!a28)) break;
      }
    } while (++i31 < 1);
    return (d23 ?? false);
  };
  print(show(Object.values(Object.fromEntries(new Map([[d22, d23]]))).filter(x34 => ('0' in ({ ['12']: 'x,y,z', key: 12345678901234567890n })) || x34 !== d23)));
  print(`f26 ${show(f26)}`);
  print(`d23 ${show(d23)}`);
  print(`d22 ${show(d22)}`);
  print(`d24 ${show(d24)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let i35 = 0;
  do {
    tick();
    if (('x,y,z' ?? ({ 0: 1e21, 0: true })?.key)) {
      try {
        let v36 = clip(BigInt.asUintN(10, ((0n | 255n) / (-9007199254740993n * -3n))));
        const [d37 = (false ? 1 : null), d38, ...d39] = Array.from((typeof undefined));
        print(show(d39.sort()));
        print(show(((1 >= undefined) <= [undefined, d38, 'a-b'].join('-0'))));
        const v40 = clip(((p41 = -9007199254740993n) => (-9007199254740993n - 1n))());
      }
      finally {
        print('finally');
        let v42 = clip((parseFloat(`<${true}|${'null'}>`) % [-1, null, -0].slice(-1, 1).lastIndexOf('é')));
      }
    }
    else {
    }
  } while (++i35 < 2);
  print(show(new Map([])));
  print(`i35 ${show(i35)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task43 = async () => {
  print('task 0 step 0');
  const w44 = await E(target).echo(new Map([[true, '😀!'], [0xff, 12345678901234567890n]]).get(' 7 '));
  print(show(w44));
  let n46 = 0;
  l47: for (const [k48, x45] of new Map([['x,y,z', 3]])) {
    tick();
    if (++n46 > 6) break;
    const [d49 = [undefined, k48].at(2), d50, ...d51] = [...[...[null, 1], '-0'], 'é'];
    print(show((Number((false ? '-0' : '-0')) + Math.max(parseFloat(''), d50))));
    const { a: d52 = d51[0], [`k${'ey'}`]: d53, ...d54 } = ({ ...Object.fromEntries(new Map([[true, '-0']])), ...({ ...({}), ...({}) }) });
    if (Boolean(d50)) break l47;
    print(show(({ key: (7 && ('0x1f' ?? d50)), ['null']: d50, a: x45 })));
  }
  if ((['-0', '0x1f', '😀!'].every(x55 => false || x55 !== 0.1) ? ('B' ?? 12345678901234567890n) : 10)) {
  }
  print('task 0 step 1');
  await E(target).echo((true ? '😀!' : ' 7 '));
  print('task 0 step 2');
  await Promise.resolve(E(target).echo(0xff)).then(x => (print(`c56 ${show(x)}`) ?? later(3, ({ 0: 3, key: 0b101, a: -9007199254740993n })?.b))).finally(() => (print('c57') ?? Promise.allSettled([later(1, ({ ['a-b']: 0xff, 1: true, 0: 7n })?.[1])]))).then(x => (print(`c58 ${show(x)}`) ?? never(0, new TypeError([...'12'].toReversed().join('')))));
  return [-0, null][0];
};
task43().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task59 = async () => {
  print('task 1 step 0');
  print('a' + show(await later(2, ((p60 = 2) => undefined)(...[Infinity], 1))) + show(await undefined));
  const f61 = function (a62, a63 = '-0', ...r64) {
    tick();
    print(show(((p65 = NaN) => a63)(a63)));
    a62 ??= clip(a62);
    const v66 = clip((a62 - Math.imul(2, 7)));
    return ([a62].every(x67 => false || x67 < true) ? '12' : -9007199254740993n);
  };
  let v68 = clip(Object.fromEntries(new Map([[3, 1_000], [undefined, -3n]])));
  return (false ? undefined : true);
};
task59().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task69 = async () => {
  print('task 2 step 0');
  const w70 = await never(1, new RangeError((1).toPrecision(9)));
  print(show(w70));
  const f71 = function (a72, a73 = (7n ?? 2147483647), ...r74) {
    tick();
    let v75 = clip(((10 | (false ? 0xff : 7)) < (Math.max(255, '0x1f') - (-0 / NaN))));
    v75 = clip([].every(x76 => v75 || x76 !== a73));
    let v77 = clip((typeof (7n && new Map([[null, null], [7, a72]]).get('12'))));
    const v78 = clip(new Set(r74));
    return r74.at(1);
  };
  try {
    const v79 = clip(new Set([Infinity]));
    throw new TypeError('é'.substring(4, 5));
  }
  catch (e80) {
    print(`caught ${show(e80)} ${e80 instanceof TypeError}`);
  }
  print('task 2 step 1');
  print('12' + show(await Promise.resolve(new Promise((resolve, reject) => reject(f71()))).then(x => (print(`c81 ${show(x)}`) ?? E(target).bad((false ? -1 : 2)))).finally(() => (print('c82') ?? Promise.resolve(later(3, true)).catch(e => (print(`c83 ${show(e)}`) ?? later(0, 'é'))).then(x => print(`c84 ${show(x)}`), e => print(`c84! ${show(e)}`)).then(x => print(`c85 ${show(x)}`), e => print(`c85! ${show(e)}`)))).then(x => (print(`c86 ${show(x)}`) ?? Promise.resolve([' 7 '].at(0))))) + show(await -9007199254740993n));
  print('task 2 step 2');
  await Promise.resolve(later(1, (2147483647 ?? 'B'))).finally(() => (print('c87') ?? Promise.allSettled([later(3, 7n), later(3, [1, Infinity, 0.1][0]), later(0, ({ ['é']: undefined, ['12']: 'a' })?.[1])])));
  return '-0';
};
task69().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

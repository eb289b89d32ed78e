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
  let i1 = 1;
  l2: while (i1-- > 0) {
    tick();
    let v3 = clip(('b' in ({ ['a']: (false ? ' 7 ' : 1_000), b: [][1] })));
    const f4 = function (a5, a6 = 'null', ...r7) {
      tick();
      print(show(`<${255n}|${String('é')}>`));
      if (v3) throw a5;
      const f8 = (a9, a10 = '12', ...r11) => {
        tick();
        let n13 = 0;
        for (const x12 of (1 | 0).toString(10).replace(/\d+/, '<$&$1>')) {
          tick();
          if (++n13 > 6) break;
          const f15 = (a16, a17 = (7 ?? '0x1f'), ...r18) => {
            tick();
            let v19 = clip(({ ...({ a: [a6, true][0] }), ...({ b: 1e-7 }) }));
            return String(r18);
          };
        }
        return a6;
      };
      return a6;
    };
  }
  print(show(['null', 255n, 'null'].join(' 7 ')));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v20 = clip(new Set([null].toReversed()));
  try {
    const f21 = function (a22, a23 = '-0', ...r24) {
      tick();
      if (((undefined % 0b101) >= 0b101)) throw 1_000;
      function f25(a26, a27 = a22, ...r28) {
        tick();
        let v29 = clip((Object.fromEntries(new Map([[a27, a23]]))?.[1] <= r28.at(-2)));
        const f30 = (a31, a32 = a23, ...r33) => {
          tick();
          const v34 = clip(v20);
          return BigInt(1e-7 | 0);
        };
        return (10 - -2.5);
      }
      return a23;
    };
  }
  catch (e35) {
    print(`caught ${show(e35)} ${e35 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((BigInt.asUintN(40, BigInt(1.5 | 0)) * BigInt.asUintN(46, BigInt(4294967296 | 0)))));
  print(`v20 ${show(v20)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  for (let i36 = 0; i36 < 4; i36++) {
    const f37 = (x = 1) => `${i36}${typeof x}`;
    tick();
    const v38 = clip(new Set([-0, 'a-b'].flatMap((x, i) => [i, x]).map(x39 => (undefined ?? 0xff))));
    let v40 = clip((([undefined, undefined].some(x41 => true || x41 >= null) ? (null ?? 10) : f37(1n)) > (-3n + -3n)));
    if (v40) continue;
  }
  const w42 = await new Promise(resolve => resolve(Promise.allSettled([later(0, 1_000), later(1, 0xff), later(3, '0x1f')])));
  print(show(w42));
  const f43 = function (a44, a45 = (null ?? ' 7 '), ...r46) {
    tick();
    r46 = clip([a44, 'é'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).concat(Array.from('a')).slice(1, -1));
    print(show((((1n % 12345678901234567890n) - (-3n * 255n)) ^ BigInt.asUintN(2, 255n))));
    r46 = clip(Array.from((typeof a44)));
    return (0n ^ 255n);
  };
  print(show((/(\w)(\w)?/.test(String(({ ['a']: null, ['a-b']: undefined, a: 'é' }))) ? `<${-9007199254740993n}|${(typeof -9007199254740993n)}>` : ((~1.5)).toPrecision(12))));
  print(`f43 ${show(f43)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v47 = clip((!(-1).toExponential(5)));
  print(show((((255n % 255n) & BigInt(1e-7 | 0)) ^ (BigInt.asUintN(22, 12345678901234567890n) | (255n % 255n)))));
  print(show((BigInt.asUintN(20, (255n % -9007199254740993n)) / (12345678901234567890n - BigInt(-2.5 | 0)))));
  print(`v47 ${show(v47)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task48 = async () => {
  print('task 0 step 0');
  const w49 = await (false ? 'null' : 1e21);
  print(show(w49));
  try {
    let v50 = clip(Number(([undefined, '😀!', 'a-b'].join('') + ((p51 = true) => -9007199254740993n)())));
    function f52(a53, a54 = false, ...r55) {
      tick();
      print(show(((p56 = '0x1f') => (a54 && p56))(a53, new Map(Object.entries(({ 1: -3n }))).get((Infinity ?? a53)))));
      let v57 = clip((v50 === (-2.5 - Math.imul(NaN, null))));
      const { a: d58 = a54, [`k${'ey'}`]: d59, ...d60 } = Object.fromEntries(new Map([]));
      return `<${d59}|${'12'}>`;
    }
  }
  catch (e61) {
    print(`caught ${show(e61)} ${e61 instanceof TypeError}`);
  }
  return 0b101;
};
task48().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task62 = async () => {
  print('task 1 step 0');
  const w63 = await 10;
  print(show(w63));
  let v64 = clip([...Object.keys(Object.fromEntries(new Map([[undefined, NaN], [2, 255n]]))), ((p65 = true) => p65)(new Map([[NaN, true]]).get('B'), [].at(-2))]);
  function f66(a67, a68 = [7, 1, 0b101][2], ...r69) {
    tick();
    const v70 = clip((typeof (true ? a68 : a67)).split(/[^a]/i));
    return (/\d+/.test('a') ? a68 : a68);
  }
  print('task 1 step 1');
  await Promise.resolve(Promise.resolve(later(1, ('a-b' ?? 255))).then(x => (print(`c71 ${show(x)}`) ?? later(3, [undefined, 'a-b', 'x,y,z'].at(1)))).then(x => (print(`c72 ${show(x)}`) ?? later(2, '12'))).finally(() => (print('c73') ?? later(3, 255n)))).then(x => (print(`c74 ${show(x)}`) ?? ({ then: (resolve, reject) => later(2, '-0').then(resolve) }))).catch(e => (print(`c75 ${show(e)}`) ?? later(0, [undefined][0]))).finally(() => (print('c76') ?? ['B', 4294967296, -0][3]));
  print('task 1 step 2');
  await Promise.race([Promise.all([later(3, ({ key: null })?.a)]), Promise.resolve(later(0, 1)).then(x => print(`c77 ${show(x)}`), e => print(`c77! ${show(e)}`)).then(x => (print(`c78 ${show(x)}`) ?? later(3, 255))).then(x => (print(`c79 ${show(x)}`) ?? later(1, ({ [' 7 ']: '-0' })?.key))), Promise.resolve(later(1, 3)).then(x => print(`c80 ${show(x)}`), e => print(`c80! ${show(e)}`))]);
  return false;
};
task62().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

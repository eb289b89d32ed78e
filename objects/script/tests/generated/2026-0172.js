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
  if ((- 1_000)) {
    try {
      for (let i1 = 0; i1 < 4; i1 += 2) {
        const f2 = (x = 1) => `${i1}${typeof x}`;
        tick();
        if (['', 255n].map(x3 => true).some(x4 => (1_000 >= -2.5) || x4 !== 'null')) continue;
        const v5 = clip(({ key: i1 }));
      }
      throw new Error((false ? ' 7 ' : 'a'));
    }
    catch (e6) {
      print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
    }
  }
  else {
  }
  print(show((((undefined ?? -9007199254740993n) & [].findIndex(x7 => false || x7 < null)) << (4294967296 % Math.trunc(4294967296)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n9 = 0;
  for (const x8 of Object.values(Object.fromEntries(new Map([[12345678901234567890n, -3n], [' 7 ', '-0']])))) {
    tick();
    if (++n9 > 6) break;
    const [d11 = (false ? 0.1 : NaN), d12, ...d13] = Object.values(({ ...({}), ...({}) }));
    const f14 = (a15, a16 = 4294967296, ...r17) => {
      tick();
      switch (((' 7 ' || 0xff) || Infinity)) {
        case d11: {
          const { a: d18 = ({ a: 'x,y,z' })?.a, [`k${'ey'}`]: d19, ...d20 } = Object.assign({}, Object.fromEntries(new Map([[a16, '-0']])), ({ ...({ a: null, 0: 0xff }), ...({ key: undefined }) }));
          print(show((d20[d18] = 1)));
          const f21 = (a22, a23 = ({ 1: undefined, 1: x8 })?.b, ...r24) => {
            tick();
            print(show(r17));
            const v25 = clip((Object.keys(({ key: 'null', b: d19 })).join('12') + a16));
            return d11;
          };
          break;
        }
        default: {
        }
        case (false ? 10 : 255): {
          break;
        }
      }
      return d11;
    };
  }
  print(show((Math.trunc(1_000) + (- 2147483647))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v26 = clip(new Set([undefined, 'a', 1.5].map(x27 => x27)));
  print(show(((p28 = null) => ['B', -1].at(2))(...[((p29 = 7) => p29)(({})?.b, 0n)], ('B' + '0x1f'))));
  if (((12345678901234567890n || -2.5) >= 7)) throw (0.1 ?? 0);
  let i30 = 0;
  do {
    tick();
    let v31 = clip(new Set(Object.values(({ 1: null, a: 4294967296 })).slice(-1, 0)));
    let i32 = 1;
    l33: while (i32-- > 0) {
      tick();
      const f34 = (a35, a36 = (true ?? 255n), ...r37) => {
        tick();
        print(show(({})));
        const v38 = clip((BigInt.asUintN(4, BigInt(-0 | 0)) % (BigInt.asUintN(53, 12345678901234567890n) + 255n)));
        return [' 7 ', 'x,y,z'].at(0);
      };
    }
  } while (++i30 < 1);
  print(show(0n));
  print(`i30 ${show(i30)}`);
  print(`v26 ${show(v26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f39 = (a40, a41 = 'a', ...r42) => {
    tick();
    if (Boolean(new Map([[10, a40], [1e-7, ' 7 ']]).get(10))) throw ('😀!' || null);
    try {
      let v43 = clip(r42.indexOf(([].includes(12345678901234567890n) ? true : ((p44 = 'B') => p44)(...[4294967296], 2))));
      function f45(a46, a47 = 0n, ...r48) {
        tick();
        function f49(a50, a51 = a40, ...r52) {
          tick();
          print(show(((typeof a47) + a51)));
          const f53 = function (a54, a55 = (-3n && 'a-b'), ...r56) {
            tick();
            const v57 = clip((false ? 'é' : '').slice(-2).concat(('-0' || ({ a: 0, key: a50 })?.[1])));
            return a41;
          };
          return ({ 1: a50, 1: 'a', 1: 'a' })?.key;
        }
        return a46;
      }
    }
    catch (e58) {
      print(`caught ${show(e58)} ${e58 instanceof TypeError}`);
    }
    return a40;
  };
  print(show(({})));
  print(`f39 ${show(f39)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task59 = async () => {
  print('task 0 step 0');
  const w64 = await Promise.resolve((false ? undefined : 1e21)).catch(e => (print(`c60 ${show(e)}`) ?? Promise.resolve(later(0, '')).catch(e => (print(`c61 ${show(e)}`) ?? later(2, 'é'))).then(x => (print(`c62 ${show(x)}`) ?? later(3, ((p63 = 'é') => 7n)())))));
  print(show(w64));
  print(show(((p65 = -1) => 'a'.split(/[a-z]+/)[0])(BigInt(0xff | 0))));
  const f66 = function (a67, a68 = Infinity, ...r69) {
    tick();
    function f70(a71, a72 = a68, ...r73) {
      tick();
      a67 ??= clip((((p74 = 'x,y,z') => undefined)(a67, a71) ?? r73[1]));
      const v75 = clip([...r69.map(x76 => '12'), (a71 ?? a67)].filter(x77 => [-2.5].every(x78 => false || x78 < a68) || x77 < null));
      return (Array.isArray(true) ? ((p79 = 'B') => a67)(...[3], a68) : 'a-b');
    }
    print(show(f70(('0x1f' || (a68 || undefined)))));
    let v80 = clip(Object.fromEntries(new Map([])));
    return String(v80);
  };
  print('task 0 step 1');
  await Promise.any([{ then: (resolve, reject) => reject(0.1) }]);
  print('task 0 step 2');
  print('x,y,z'.padStart(4, 'null') + show(await E(target).echo(f66())) + show(await 7));
  return new Map([[null, true]]).get('😀!');
};
task59().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task81 = async () => {
  print('task 1 step 0');
  const w82 = await later(0, 'B');
  print(show(w82));
  print(show(['a-b'].slice(0, 0)));
  const v83 = clip(BigInt.asUintN(63, BigInt((null / 4294967296) | 0)));
  let v84 = clip(new Set(Object.values(({ key: true, 1: '😀!', 0: Infinity })).toReversed()));
  print('task 1 step 1');
  print((typeof null) + show(await E(target).slow(0b101)) + show(await 255n));
  let v85 = clip(new Set([1e-7, '12', 'null']));
  v85 = clip(new Set([-3n, true].map(x86 => null).map(x87 => x87)));
  return (' 7 ' ?? 'a-b');
};
task81().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

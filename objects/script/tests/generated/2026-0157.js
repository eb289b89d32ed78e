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
  let v1 = clip(new Map([]));
  const v2 = clip(('null'.slice(0) + Object.assign({}, ({ 1: null }), ({}))?.a));
  print(show((('' === ((p3 = '-0') => undefined)(Infinity)) ? Number((false ? v2 : v2)) : (('a' in ({ key: true, 0: null, 0: 10 })) ? Math.min(-2.5, 'é') : (1_000 + 4294967296)))));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v4 = clip(Math.clz32((/\s*,\s*/.test('-0') ? [3].findIndex(x5 => false || x5 >= 1n) : 1e-7)));
  let v6 = clip(BigInt.asUintN(35, BigInt.asUintN(48, BigInt(4294967296 | 0))));
  const v7 = clip(Object.fromEntries(new Map([[true, v4], [7n, false]])));
  print(show(new Set((typeof '12').split('-0'))));
  print(`v7 ${show(v7)}`);
  print(`v6 ${show(v6)}`);
  print(`v4 ${show(v4)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (((false ? -3n : 0n) !== 'null')) throw new TypeError('-0');
  const f8 = (a9, a10 = 4294967296, ...r11) => {
    tick();
    print(show(r11.unshift(('x,y,z' ?? ({})?.key))));
    print(show(((p12 = a10) => ((p13 = p12) => ((p14 = a10) => '0x1f')(undefined))(1e21, a10))((typeof a9), [a10, 1_000, a9][0])));
    try {
      print(show(((p15 = 1_000) => Object.fromEntries(new Map([]))?.[1])(('12' + '12'))));
      if ((('a' <= true) || (true || false))) throw ({ 1: a9, 0: 1, 0: undefined })?.[1];
      function f16(a17, a18 = a9, ...r19) {
        tick();
        return a9;
      }
      throw (Infinity ?? a9);
    }
    catch (e20) {
      print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return (typeof 0b101);
  };
  print(show((Number(String(12345678901234567890n)) | 0).toString(30)));
  print(`f8 ${show(f8)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    switch ([].findIndex(x21 => false || x21 < 0n)) {
      case (4294967296 % 0xff): {
        const f22 = (a23, a24 = ['a-b', 1][1], ...r25) => {
          tick();
          try {
            let v26 = clip(new Map(Object.entries(({ a: ((p27 = true) => '')(), 1: a23, ['-0']: a24 }))));
            print(show(((p28 = null) => (- 0b101))([a23, 1e21].length, [null].join('null'))));
            throw new Error('😀!');
          }
          finally {
            print('finally');
            const v29 = clip((- ((7 + Infinity) % (1e-7 / NaN))));
          }
          return [true, 1_000, null].slice(-1, 2).at(-1);
        };
        break;
      }
      case (null % 1): {
        break;
      }
      default: {
      }
      case (true ? 7 : null): {
      }
    }
  }
  catch (e30) {
    print(`caught ${show(e30)} ${e30 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show([...[3, null].map(x31 => x31), ({ 0: 0xff, a: undefined })?.key].toReversed()));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  print(('a' + '0x1f') + show(await never(1, new SyntaxError(`<${'12'}|${'0x1f'}>`))) + show(await null));
  if (new Map([]).get((NaN && -0))) {
    print(' 7 '.substring(-3, 4) + show(await E(target).echo('é')) + show(await ' 7 '));
    let v33 = clip(BigInt.asUintN(48, (12345678901234567890n | 0n)));
  }
  else {
    const v34 = clip((String(JSON.stringify([1n, 255n, 'a-b'])) + String(JSON.stringify(['0x1f', 4294967296, null], null, 1))));
    if (new Map([['😀!', 0], [0b101, null]]).has(['12'].at(0))) throw (-3n || 'x,y,z');
  }
  print('task 0 step 1');
  print((typeof null) + show(await Promise.resolve(({ ['12']: '0x1f', ['B']: null })?.a)) + show(await -2.5));
  print('task 0 step 2');
  print('B'.charAt(2) + show(await Promise.resolve({ then: (resolve, reject) => resolve([null, undefined][0]) }).catch(e => (print(`c36 ${show(e)}`) ?? later(3, 0xff)))) + show(await 2147483647));
  return (-9007199254740993n ?? -3n);
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  print([-1].join('é') + show(await Promise.allSettled([never(0, new TypeError(String(({ [' 7 ']: undefined, key: 'a-b', 0: 12345678901234567890n })))), later(3, false)])) + show(await -2.5));
  let v38 = clip([...(1e-7).toPrecision(10).slice(-1)].toReversed().join(''));
  const f39 = function (a40, a41 = 0, ...r42) {
    tick();
    const f43 = (a44, a45 = 1e21, ...r46) => {
      tick();
      print(show(((p47 = a41) => a45)(a40, a40)));
      const f48 = function (a49, a50 = a40, ...r51) {
        tick();
        const f52 = (a53, a54 = ({ 1: '' })?.[1], ...r55) => {
          tick();
          return [...[0n, undefined, 0n], null].at(-1);
        };
        return (0n && 10);
      };
      return a40;
    };
    return new Map(Object.entries(({ b: ' 7 ', a: null }))).get([null][1]);
  };
  print('task 1 step 1');
  print(v38 + show(await later(2, ['', 0.1].at(2))) + show(await ''));
  print('task 1 step 2');
  await later(2, (true ? undefined : true));
  return 2147483647;
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

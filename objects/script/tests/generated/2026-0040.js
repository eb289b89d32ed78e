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
  function f1(a2, a3 = ((p5 = true) => -0)('a-b', 10), ...r4) {
    tick();
    let [d6, d7] = [((p9 = 'a-b') => ' 7 ')(...[a3], true), -0];
    [d6, d7] = [d7, d6];
    const [d10 = new Map([[null, 'a-b']]).get(a2), d11, ...d12] = r4;
    l14: for (let i13 = 0; i13 < 4; i13 += 2) {
      const f15 = (x = 1) => `${i13}${typeof x}`;
      tick();
      const f16 = (a17, a18 = r4.at(-1), ...r19) => {
        tick();
        const v20 = clip(String(JSON.stringify((('key' in ({ b: d11 })) ? String(d12) : String(d7)), ['a', 'key'])));
        return f15(('é' ?? d10), -9007199254740993n);
      };
    }
    return a3;
  }
  print(show(((Math.min(1e21, 1) === (0b101 - 255)) ? [...[-2.5, -9007199254740993n, 'a'], null].length : ((true ? 2147483647 : 10) >>> Math.sign(7)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n22 = 0;
  l23: for (const x21 of ' 7 ') {
    tick();
    if (++n22 > 6) break;
    if (['null', '12', x21].join('a-b')) {
      if (((0b101 / 255) === Math.imul(-2.5, -9007199254740993n))) continue l23;
      try {
        throw x21;
      }
      catch (e25) {
        print(`caught ${show(e25)} ${e25 instanceof TypeError}`);
      }
    }
    else {
    }
  }
  print(show(new Set([2, 1, 1.5])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    try {
      l27: for (let i26 = 0; i26 < 2; i26 += 1) {
        tick();
        print(show(new Map([[Infinity, ((p28 = 'B') => (false ? 'x,y,z' : p28))('a', '-0')], ['12', i26]])));
        const { a: d29 = new Map([[undefined, 'a']]).get('a-b'), [`k${'ey'}`]: d30, ...d31 } = Object.fromEntries(new Map(Object.entries(({ a: 1n }))));
        const v32 = clip(new Map([['a-b', d29]]));
        const f33 = (a34, a35 = [-3n, -3n, d29][2], ...r36) => {
          tick();
          const [d37 = [2147483647, 7n, d30].at(3), d38, ...d39] = String(JSON.stringify(0xff)).split('a');
          print(show(new Set(String(({})).split(/\d+/))));
          return 0b101;
        };
      }
    }
    catch (e40) {
      print(`caught ${show(e40)} ${e40 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  catch (e41) {
    print(`caught ${show(e41)} ${e41 instanceof TypeError}`);
  }
  print(show((BigInt((0 / Infinity) | 0) ^ ((255n + 255n) / (7n | -9007199254740993n)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let i42 = 3;
  while (i42-- > 0) {
    tick();
    let v43 = clip(Math.imul((0xff << parseFloat(' 7 ')), ((null || null) ?? ((p44 = 1e21) => p44)(true, '12'))));
    v43 = clip((- v43));
    print(show(((p45 = 'a') => p45)(v43)));
    if (({ key: -2.5, 0: true, b: 0.1 })?.[0]) {
      const f47 = function (a48, a49 = [][0], ...r50) {
        tick();
        print(show(r50.unshift(((1_000 === 1) ? a49 : a48))));
        return a49;
      };
    }
    else {
    }
  }
  print(show(BigInt.asUintN(30, BigInt.asUintN(56, 1n))));
  print(`i42 ${show(i42)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  const w52 = await later(0, ' 7 ');
  print(show(w52));
  print(show(((p53 = ' 7 ') => ({})?.a)((2147483647 % 2))));
  if ([-0, 'é'].map(x54 => x54).every(x55 => /b*?/.test('null') || x55 !== null)) throw new SyntaxError('😀!');
  print(show(String(JSON.stringify(Object.assign({}, Object.fromEntries(new Map([])), Object.assign({}, ({ ['0x1f']: -1, 1: '0x1f' }), ({})))))));
  print('task 0 step 1');
  await Promise.resolve(Promise.any([later(2, 0xff), later(3, 2), later(0, new Map([['😀!', null], [3, true]]).get(' 7 '))])).then(x => (print(`c56 ${show(x)}`) ?? 1)).then(x => (print(`c57 ${show(x)}`) ?? Promise.resolve('x,y,z')));
  for (let i58 = 0; i58 < 4; i58++) {
    tick();
  }
  return 'é';
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task59 = async () => {
  print('task 1 step 0');
  const w65 = await Promise.resolve(later(1, new Map([['null', 255], [10, null]]).get(0.1))).then(x => (print(`c60 ${show(x)}`) ?? Promise.resolve(later(2, ({})?.[0])).then(x => (print(`c61 ${show(x)}`) ?? later(2, ((p62 = 1.5) => p62)(...[7n], 0)))))).then(x => (print(`c63 ${show(x)}`) ?? Promise.resolve(0n))).then(x => print(`c64 ${show(x)}`), e => print(`c64! ${show(e)}`));
  print(show(w65));
  const f66 = (a67, a68 = Infinity, ...r69) => {
    tick();
    const v70 = clip(((BigInt.asUintN(20, 1n) & BigInt.asUintN(17, -3n)) & BigInt(Math.min(1.5, '0x1f') | 0)));
    const [d71 = 1e21, d72, ...d73] = r69;
    return new Map([[null, true], [1e-7, 1n]]).get(a67);
  };
  print('task 1 step 1');
  print(`<${true}|${' 7 '}>` + show(await Promise.resolve(1e21)) + show(await Infinity));
  return 'a';
};
task59().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  try {
    let n2 = 0;
    l3: for (const [k4, x1] of new Map([['B', new Map([[0b101, 7], [7, '-0']]).get('😀!')]])) {
      tick();
      if (++n2 > 6) break;
      const f5 = function (a6, a7 = 1, ...r8) {
        tick();
        const f9 = function (a10, a11 = k4, ...r12) {
          tick();
          const { a: d13 = a6, [`k${'ey'}`]: d14, ...d15 } = ({ 1: a6, ['12']: (true || 'é') });
          const v16 = clip((((-9007199254740993n - -9007199254740993n) + 255n) * ((7n * 7n) & BigInt.asUintN(68, -9007199254740993n))));
          print(show(r8.join('')));
          return x1;
        };
        return (1 | 0).toString(25);
      };
    }
  }
  finally {
    print('finally');
  }
  print(show([]));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f17 = (a18, a19 = ((p21 = null) => 1_000)(), ...r20) => {
    tick();
    let i22 = 0;
    do {
      tick();
      a18 ??= clip((null !== a18));
      const f23 = (a24, a25 = ((p27 = true) => undefined)(a18, 12345678901234567890n), ...r26) => {
        tick();
        function f28(a29, a30 = [undefined, ''].at(-1), ...r31) {
          tick();
          let v32 = clip((typeof ((!true) ? [].at(-1) : new Map([]).get(a18))));
          const v33 = clip(r31.concat([a18]).map(x34 => 'B').findIndex(x35 => (1.5 < 1.5) || x35 !== a30));
          return ('😀!' || [][1]);
        }
        try {
        }
        finally {
          print('finally');
        }
        return a19;
      };
    } while (++i22 < 1);
    return ((false ? 4294967296 : a18) ?? (1e21 ?? Infinity));
  };
  print(show(('key' in ({ 0: (0 || NaN), key: true }))));
  print(`f17 ${show(f17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f36 = (a37, a38 = new Map([['é', undefined], [-1, null]]).get('null'), ...r39) => {
    tick();
    const v40 = clip(r39.at(-2));
    print(show(BigInt(Math.ceil(['null', a38].findIndex(x41 => false || x41 >= a38)) | 0)));
    let n43 = 0;
    l44: for (const x42 of '0x1f'.split(/^x|y$/).flatMap((x, i) => [i, x])) {
      tick();
      if (++n43 > 6) break;
    }
    return ({})?.key;
  };
  print(show(BigInt(Number('0x1f') | 0)));
  print(`f36 ${show(f36)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let i46 = 3;
  l47: while (i46-- > 0) {
    tick();
    try {
      const f48 = function (a49, a50 = '-0', ...r51) {
        tick();
        a49 &&= clip(new Map([[undefined, undefined], [1e-7, true]]).has(a49));
        print(show(r51.unshift(((p52 = a50) => '0x1f')(...[a49], a49))));
        print(show(''));
        return '-0'.replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`);
      };
      throw new RangeError('0x1f');
    }
    catch (e53) {
      print(`caught ${show(e53)} ${e53 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show((BigInt.asUintN(27, BigInt(i46 | 0)) % (BigInt(1 | 0) + BigInt(0xff | 0)))));
  print(`i46 ${show(i46)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task54 = async () => {
  print('task 0 step 0');
  const w55 = await Promise.resolve((false ? null : 4294967296));
  print(show(w55));
  if ((new Set([undefined, 0.1]).has(-0) ? -0 : -9007199254740993n)) {
    let v56 = clip(BigInt(Number('0x1f'.trim()) | 0));
    let v57 = clip((['x,y,z', null, null].some(x58 => /[^a]/i.test('null') || x58 >= '') ? ((p59 = undefined) => (false ? '' : 'B'))(12345678901234567890n, true) : (('é' ?? 1n) ?? (false ? null : '0x1f'))));
    let v60 = clip(parseInt(((v57 > v57) ? `<${3}|${''}>` : (typeof undefined))));
    const w61 = await { then: (resolve, reject) => resolve((false ? true : 2)) };
    print(show(w61));
    await Promise.any([Promise.any([later(1, (v57 ?? 2))]), 1]);
  }
  else {
  }
  print('task 0 step 1');
  print(`<${3}|${'a'}>` + show(await Promise.resolve(((p62 = 'x,y,z') => p62)())) + show(await 'a'));
  print('task 0 step 2');
  const w65 = await Promise.resolve(later(3, [7n, undefined][0])).catch(e => (print(`c63 ${show(e)}`) ?? E(target).bad([].at(3)))).then(x => print(`c64 ${show(x)}`), e => print(`c64! ${show(e)}`));
  print(show(w65));
  return ({ key: -1 })?.[0];
};
task54().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task66 = async () => {
  print('task 1 step 0');
  print(('12' + -2.5) + show(await Promise.resolve((true ? 1_000 : 12345678901234567890n))) + show(await 0n));
  const v67 = clip(Object.assign({}, Object.fromEntries(new Map([[2147483647, undefined], [255, 'a-b']])), ({ 0: (null && null) })));
  let i68 = 1;
  while (i68-- > 0) {
    tick();
    print(show((v67.key = (({})?.b ?? ((p69 = 'null') => p69)('😀!')))));
    let [d70, d71] = [new Map([['0x1f', 7n], [1, 1]]).get(1n), (false ? Infinity : NaN)];
    [d70, d71] = [d71, d70];
  }
  print(show(((p73 = true) => v67?.b)(...[(i68 === i68)], (10 === '0x1f'))));
  return (false ? 1e-7 : true);
};
task66().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task74 = async () => {
  print('task 2 step 0');
  print((typeof -2.5) + show(await { then: (resolve, reject) => later(2, ('0x1f' && 1_000)).then(resolve) }) + show(await 'a-b'));
  try {
    let v75 = clip(new Map(Object.entries(Object.assign({}, Object.assign({}, ({}), ({ a: 2147483647 })), ({})))));
    const v76 = clip(new Set([].toReversed().toReversed()));
    let v77 = clip(v76);
    if (/b*?/.test('é'.charAt(1))) return (-3n * 7n);
  }
  catch (e78) {
    print(`caught ${show(e78)} ${e78 instanceof TypeError}`);
  }
  return 1e21;
};
task74().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

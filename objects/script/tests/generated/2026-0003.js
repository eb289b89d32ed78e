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
    let v1 = clip(new Set([255n, null]));
    v1 = clip(v1);
    throw new RangeError(String([]));
  }
  catch (e2) {
    print(`caught ${show(e2)} ${e2 instanceof TypeError}`);
    let n4 = 0;
    for (const [k5, x3] of new Map([])) {
      tick();
      if (++n4 > 6) break;
      let v6 = clip(`<${k5}|${(true ? '-0' : '')}>`.repeat(2));
      print(show(([...[undefined], 4294967296].findIndex(x7 => (true || true) || x7 !== x3) / ((true ? 10 : 2147483647) * (-2.5 - 0xff)))));
      if (new Map([]).get([].at(1))) {
      }
    }
  }
  finally {
    print('finally');
  }
  print(show(Number([].join('é'))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print([true, '12'].join('x,y,z') + show(await later(2, 7n)) + show(await true));
  print(show(((p8 = 'null') => Array.from(' 7 ')[0])(...[Array.from('null').at(2)], (((p9 = 0b101) => p9)(...[null], 0n) && '0x1f'))));
  if (new Map([[-9007199254740993n, '']]).get('B')) {
    switch ((3 * 10)) {
      case (7n || null): {
        print(show(({ b: (-3n && '0x1f') })));
        const f10 = function (a11, a12 = 1.5, ...r13) {
          tick();
          const v14 = clip(new Map(Object.entries(({ 1: ((p15 = a11) => a11)(a12), b: new Map([[null, 1.5], [1_000, a12]]).get(3), ['B']: 'x,y,z' }))));
          return a12;
        };
        break;
      }
      case 'x,y,z': {
      }
    }
  }
  else {
  }
  print(show(new Map([['-0', '-0'.replace(/(\w)(\w)?/, '<$&$1>')], [10, BigInt(NaN | 0)]])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(BigInt.asUintN(26, BigInt(Infinity | 0))));
  let i16 = 0;
  do {
    tick();
    let n18 = 0;
    for (const [k19, x17] of new Map(Object.entries(({ ...({}), ...({ 1: 'B', 1: null }) })))) {
      tick();
      if (++n18 > 6) break;
      print(show(((p20 = x17) => Object.assign({}, ({}), ({ a: k19, 1: '😀!' }))?.a)(...[x17], k19)));
      switch (({ ['null']: 1e-7 })?.key) {
        default: {
          if (((- 2) < [x17, x17, true].findIndex(x21 => false || x21 >= 1n))) throw (true ? 'é' : 'a-b');
        }
        case 'a'.replaceAll('😀!', '[$&]'): {
        }
        case NaN: {
        }
        case k19: {
        }
      }
    }
  } while (++i16 < 4);
  print(show([].map(x22 => '0x1f').map(x23 => x23).map(x24 => ({ key: null, b: true })?.a)));
  print(`i16 ${show(i16)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  const w27 = await never(3, ({ 0: 'a-b' })?.[1]);
  print(show(w27));
  await Promise.allSettled([Promise.resolve(later(2, new Map([]).get('é'))).finally(() => (print('c28') ?? later(0, 1e-7)))]);
  let n31 = 0;
  for (const x30 of new Set([1].map(x29 => 0n))) {
    tick();
    if (++n31 > 6) break;
    print(show(((p33 = ' 7 ') => ((x30 <= 1n) ? 1n : (p33 || x30)))()));
  }
  print('task 0 step 1');
  await Promise.resolve((true ? '0x1f' : 0b101));
  return (true ? undefined : undefined);
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task34 = async () => {
  print('task 1 step 0');
  await Promise.resolve(Promise.resolve(later(3, 7)).then(x => print(`c36 ${show(x)}`), e => print(`c36! ${show(e)}`)).finally(() => (print('c37') ?? later(1, 1_000))).catch(e => (print(`c38 ${show(e)}`) ?? later(1, ({ 0: 0n, a: undefined, a: true })?.b)))).then(x => print(`c39 ${show(x)}`), e => print(`c39! ${show(e)}`));
  let v40 = clip((({ key: 4294967296, key: -0 })?.[1] !== new Map([]).get((true ? null : ' 7 '))));
  try {
    if (((true ?? 2) < 'null')) throw new SyntaxError(`<${NaN}|${'a'}>`);
    print(show(v40));
    const v41 = clip(`<${0b101}|${(10).toPrecision(9)}>`);
    const v42 = clip((2147483647).toFixed(2));
    throw new Error((v40 ? v42 : 'a-b'));
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  await Promise.resolve(never(2, new TypeError((typeof '12')))).finally(() => (print('c43') ?? new Promise((resolve, reject) => reject(12345678901234567890n))));
  print('task 1 step 2');
  print((typeof 'B') + show(await Promise.allSettled([Promise.resolve(later(0, [0xff, ' 7 '].at(0))).then(x => (print(`c44 ${show(x)}`) ?? later(0, 'B'))).finally(() => (print('c45') ?? later(2, 'B')))])) + show(await 'é'));
  return false;
};
task34().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  print((false ? 'x,y,z' : 'x,y,z') + show(await new Promise((resolve, reject) => reject(((p1 = 'é') => p1)()))) + show(await true));
  let v2 = clip(((((p3 = 1.5) => null)('😀!', undefined) | [].findIndex(x4 => true || x4 >= true)) / (~Math.abs(-0))));
  try {
    print(show(new Map(Object.entries(Object.fromEntries(new Map([]))))));
    let n6 = 0;
    l7: for (const x5 of (typeof ['0x1f'].at(2))) {
      tick();
      if (++n6 > 6) break;
      const v9 = clip((BigInt.asUintN(13, (255n + -3n)) & BigInt.asUintN(69, BigInt.asUintN(12, -3n))));
      let n11 = 0;
      l12: for (const x10 of new Set([x5, x5, 'é'])) {
        tick();
        if (++n11 > 6) break;
        print(`<${x5}|${'é'}>` + show(await later(2, ((p14 = undefined) => undefined)())) + show(await 0.1));
      }
    }
  }
  finally {
    print('finally');
  }
  print(show((`<${null}|${'12'}>` > new Map([['null', null], [undefined, '']]).get(12345678901234567890n))));
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const v15 = clip(Object.assign({}, ({ [' 7 ']: true, a: new Map([]).get(1n), a: ('' ?? -2.5) }), ({ 1: ({ 1: 0, a: '' })?.[0], ['0x1f']: [3, true, 255].at(-1) })));
    let i16 = 1;
    while (i16-- > 0) {
      tick();
      for (let i17 = 0; i17 < 4; i17 += 1) {
        tick();
        const v18 = clip(new Set(Object.values(({ key: undefined }))));
      }
    }
  }
  catch (e19) {
    print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(BigInt.asUintN(12, BigInt(-1 | 0))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i20 = 1;
  l21: while (i20-- > 0) {
    tick();
    let v22 = clip(new Map([[-1, Object.fromEntries(new Map([]))?.[0]], [0b101, ((true ? 0 : true) || 255n)]]));
    if (((3 || true) || 'null')) {
      try {
        print(show(12345678901234567890n));
        let v23 = clip(Array.isArray(((p24 = 0b101) => p24)()));
        v23 = clip(v23);
        throw new TypeError(String(10));
      }
      catch (e25) {
        print(`caught ${show(e25)} ${e25 instanceof TypeError}`);
        print(show(({ 0: (((p26 = true) => '😀!')() ?? new Map([['-0', -1]]).get('x,y,z')), 1: ((p27 = 'x,y,z') => (7n && p27))(v22.get('x,y,z'), ({ ['null']: -9007199254740993n, 1: null })?.[1]), ['😀!']: ' 7 '.padEnd(11, 'x,y,z') })));
      }
      finally {
        print('finally');
      }
    }
    else {
    }
  }
  print(show(({ 1: BigInt.asUintN(58, 1n), 0: (i20 * i20) })));
  print(`i20 ${show(i20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    let v28 = clip(({ a: (3).toExponential(1), a: (({ 1: undefined, ['0x1f']: true })?.key || 7) }));
    let [d29, d30] = [('0x1f' ?? 0n), ' 7 '];
    [d29, d30] = [d30, d29];
    if (((p32 = true) => d29)(...[[null, 'a'][0]], ((p33 = '0x1f') => d29)(...[null], d29))) {
      const f34 = (a35, a36 = 1_000, ...r37) => {
        tick();
        const f38 = (a39, a40 = true, ...r41) => {
          tick();
          function f42(a43, a44 = (false ? d29 : 0b101), ...r45) {
            tick();
            print(show(r37.shift()));
            const v46 = clip(new Map(Object.entries(v28)).has('-0'.length));
            return (v46 ? a36 : r41.at(-1));
          }
          return a39;
        };
        return v28?.b;
      };
    }
    else {
    }
    throw new TypeError(String(JSON.stringify(3, null, 1)));
  }
  catch (e47) {
    print(`caught ${show(e47)} ${e47 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((- Number([-3n, -2.5, 7].join('-0')))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

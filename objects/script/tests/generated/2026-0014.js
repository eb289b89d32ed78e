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
  let n2 = 0;
  l3: for (const x1 of new Set([-0])) {
    tick();
    if (++n2 > 6) break;
    const f5 = function (a6, a7 = false, ...r8) {
      tick();
      print(show(((p9 = a7) => (true ? 'é' : 'a'))(...[a7], ((p10 = a7) => new Map([]).get(p10))())));
      let n13 = 0;
      for (const x12 of [x1, '12'].map(x11 => new Map([[a7, x1], [x1, -3n]]).get('0x1f'))) {
        tick();
        if (++n13 > 6) break;
        const v15 = clip(('1' in ({ ...({ 0: x1 }), ...({ ...({}), ...({ 1: '-0' }) }) })));
      }
      return r8.includes(1.5);
    };
  }
  print(show(({ ...({}), ...Object.fromEntries(new Map(Object.entries(({})))) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i16 = 2;
  while (i16-- > 0) {
    tick();
    const v17 = clip(255n);
    let n19 = 0;
    for (const x18 of new Set('B'.split(/a/))) {
      tick();
      if (++n19 > 6) break;
      let n22 = 0;
      for (const x21 of new Set([x18, 1_000])) {
        tick();
        if (++n22 > 6) break;
        print(show(((p24 = 1_000) => Array.from('B').at(1))()));
        const v25 = clip(Object.fromEntries(new Map(Object.entries(({ b: 'null', a: true })))));
      }
      const { a: d26 = x18, [`k${'ey'}`]: d27, ...d28 } = Object.assign({}, ({ ...({}), ...({ b: true, a: null, b: 1e-7 }) }), ({}));
      const f29 = (a30, a31 = new Map([[undefined, 'B']]).get(null), ...r32) => {
        tick();
        return (-0 ?? 0b101);
      };
    }
  }
  print(show(new Set(['-0', '😀!'])));
  print(`i16 ${show(i16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f33 = function (a34, a35 = 255, ...r36) {
    tick();
    if (({ 0: a34 })?.a) {
      let [d37, d38] = ['12', a35];
      [d37, d38] = [d38, d37];
      const v40 = clip([...r36, 1e-7].join('0x1f').length);
    }
    return a35;
  };
  print(show(new Map([])));
  print(`f33 ${show(f33)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v41 = clip(({}));
  let n44 = 0;
  l45: for (const x43 of [10, '-0'].filter(x42 => ('a-b' > 'x,y,z') || x42 >= '')) {
    tick();
    if (++n44 > 6) break;
    const { a: d47 = 1n, [`k${'ey'}`]: d48, ...d49 } = Object.assign({}, Object.fromEntries(new Map([[x43, 2], [1e21, '']])), Object.fromEntries(new Map([[undefined, 2147483647], [x43, 1]])));
    print(String(NaN) + show(await d48) + show(await 1e21));
    let v50 = clip(Array.from(('😀!' + 4294967296)).length);
  }
  print(show(({ ...Object.fromEntries(new Map(Object.entries(({ key: true })))), ...({ a: (false ? ' 7 ' : undefined), 1: (true ? -2.5 : '😀!'), 1: (false ? '0x1f' : 255) }) })));
  print(`v41 ${show(v41)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  const w56 = await Promise.resolve(Promise.any([later(2, true), later(2, ((p52 = 12345678901234567890n) => p52)()), later(3, 0b101)])).then(x => (print(`c53 ${show(x)}`) ?? Promise.resolve(later(0, 0n)).finally(() => (print('c54') ?? later(3, ({ key: 4294967296, a: true, ['é']: '-0' })?.[0]))))).then(x => (print(`c55 ${show(x)}`) ?? new Promise(resolve => resolve(later(1, (true ? null : 7))))));
  print(show(w56));
  let v57 = clip((('é' !== 'x,y,z') ? [' 7 '].join('B') : (-1).toPrecision(2)).replace(/(\w)(\w)?/, '<$&$1>'));
  const f58 = (a59, a60 = (false ? undefined : 'null'), ...r61) => {
    tick();
    print(show(r61.splice(2, 1, ((false ? true : a59) ?? '12'))));
    print(show(((p62 = a60) => [p62, a59].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))[0])(...[new Map(Object.entries(({ ['x,y,z']: 255, b: a59, ['B']: a59 }))).get(a60)], parseFloat(v57))));
    print(show(r61.push(a59)));
    return v57;
  };
  print('task 0 step 1');
  print(String(JSON.stringify(v57, null, 1)) + show(await Promise.resolve(0xff)) + show(await null));
  return ({ b: undefined, 1: 255n })?.[0];
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

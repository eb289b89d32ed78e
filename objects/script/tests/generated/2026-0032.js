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
  print(show(((p1 = undefined) => [0n, '😀!'].concat([null])[0])(['😀!', 'x,y,z'].toSorted()[0], (typeof undefined))));
  let n3 = 0;
  l4: for (const x2 of new Set([])) {
    tick();
    if (++n3 > 6) break;
    let v6 = clip(new Map(Object.entries(({ ...Object.fromEntries(new Map([[7n, 0n]])), ...({ 0: x2, b: -1 }) }))));
    print(show(v6.set('é', 'b').size));
  }
  print(show(BigInt((0).toPrecision(10).length | 0)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v7 = clip(new Map([]));
  const v8 = clip(({ key: new Map([]).get(255), ['a']: (4294967296 & 1) }));
  print(show((v7.get(((p9 = null) => 7n)(0b101)) >= ((false ? true : 0n) ?? (false ? -9007199254740993n : 'a-b')))));
  print(`v8 ${show(v8)}`);
  print(`v7 ${show(v7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i10 = 4;
  l11: while (i10-- > 0) {
    tick();
    let v12 = clip(`<${[].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).at(2)}|${(parseFloat('-0')).toPrecision(2)}>`);
    let n14 = 0;
    l15: for (const [k16, x13] of new Map([])) {
      tick();
      if (++n14 > 6) break;
      let v17 = clip(({ a: (7 + Infinity), b: v12 }));
      let n19 = 0;
      for (const x18 of new Set([undefined, true])) {
        tick();
        if (++n19 > 6) break;
        function f21(a22, a23 = x18, ...r24) {
          tick();
          if (/^x|y$/.test(v12)) return Object.fromEntries(new Map([[k16, a22]]))?.a;
          return a23;
        }
      }
    }
  }
  print(show(Array.from(['12', null].join('0x1f')).join(' 7 ')));
  print(`i10 ${show(i10)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v25 = clip(Object.assign({}, ({}), Object.fromEntries(new Map([[0b101, '-0'], [2, true]]))));
  let n27 = 0;
  l28: for (const x26 of [null]) {
    tick();
    if (++n27 > 6) break;
    let n31 = 0;
    for (const x30 of (255).toFixed(4).replace(/(\w)(\w)?/g, (m, ...more) => `${m}${more.length}`)) {
      tick();
      if (++n31 > 6) break;
      const f33 = (a34, a35 = true, ...r36) => {
        tick();
        return ('😀!' * 4294967296);
      };
    }
  }
  print(show((Math.max(1_000, new Map([[null, 0.1], [-3n, 1e-7]]).get('😀!'))).toExponential(1)));
  print(`v25 ${show(v25)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task37 = async () => {
  print('task 0 step 0');
  print(String(({ ['0x1f']: 'a-b' })) + show(await Promise.allSettled([0b101, Promise.resolve(later(3, (true ? 4294967296 : 0xff))).then(x => print(`c38 ${show(x)}`), e => print(`c38! ${show(e)}`))])) + show(await 2));
  print(show(((p40 = null) => ({ ...({ 1: true, b: p40 }), ...({ key: 7n, ['a-b']: undefined }) })?.[1])(((p41 = 3) => 3)(), [12345678901234567890n, 'null'].map(x43 => 2147483647)[0])));
  const v44 = clip((new Set([true, '0x1f']).has('😀!') || Array.isArray('😀!')));
  for (let i45 = 0; i45 < 1; i45 += 1) {
    tick();
    const [d46 = '', d47, ...d48] = [...[], 'x,y,z'];
    if (v44) continue;
  }
  let i49 = 3;
  while (i49-- > 0) {
    tick();
    let v50 = clip(Object.assign({}, Object.fromEntries(new Map([])), ({ b: (true ? true : 0b101) })));
  }
  print('task 0 step 1');
  await Promise.all([E(target).bad((3 ?? -9007199254740993n)), Promise.resolve(later(0, true)).then(x => (print(`c52 ${show(x)}`) ?? later(2, i49))), Promise.resolve(('a' ?? 1e21))]);
  print('task 0 step 2');
  await Promise.all([Promise.all([later(0, 7n)])]);
  return ((p53 = -1) => null)();
};
task37().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task54 = async () => {
  print('task 1 step 0');
  await Promise.resolve((true ? 'é' : undefined));
  switch (({ 1: 0n })?.key) {
    default: {
      if ((![true][2])) throw false;
      const v55 = clip((!(new Map([[7n, undefined], [-0, null]]).get('') ?? NaN)));
    }
    case (10).toFixed(0): {
    }
  }
  print('task 1 step 1');
  const w56 = await E(target).bad(new Map([[null, 1n]]).get(true));
  print(show(w56));
  print('task 1 step 2');
  const w63 = await Promise.allSettled([Promise.race([later(2, false)]), Promise.resolve(later(0, (7 && 4294967296))).finally(() => (print('c58') ?? later(1, new Map([['-0', undefined]]).get('a-b')))).finally(() => (print('c59') ?? later(1, ((p60 = -1) => p60)(0)))).catch(e => (print(`c61 ${show(e)}`) ?? later(3, ((p62 = undefined) => 255n)()))), Promise.any([later(1, '12'), later(3, new Map([[-0, 1e21]]).get(1n)), later(0, [' 7 ', -3n, 'B'][1])])]);
  print(show(w63));
  return [Infinity, 7, undefined].at(-2);
};
task54().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip(BigInt.asUintN(36, 1n));
  function f2(a3, a4 = 0n, ...r5) {
    tick();
    const v6 = clip(Object.assign({}, ({ 1: -2.5 }), ({ a: a3, key: a3, a: 1n })));
    switch (a3) {
      case Math.max(255, a4): {
        print(show(r5.unshift(a3)));
        if (new Map([[undefined, -2.5], [a4, undefined]]).has('😀!')) throw r5.at(3);
      }
    }
    return r5[0];
  }
  print(show(new Set([].map(x7 => true).toSorted())));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v8 = clip(new Set([null].concat(['a']).map(x9 => x9)));
  if (/\d+/.test(`<${-3n}|${'x,y,z'}>`)) throw new TypeError(['x,y,z', 7n].join('😀!'));
  print(show(new Map([[1e21, ' 7 ']])));
  print(`v8 ${show(v8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ('a'.split('B').at(2)) {
    let v10 = clip(Object.keys(({ ...({ ...({}), ...({}) }), ...({ ...({}), ...({}) }) })));
    const v11 = clip(String(Object.fromEntries(new Map([]))));
  }
  else {
    function f12(a13, a14 = ('é' ?? 12345678901234567890n), ...r15) {
      tick();
      return a13;
    }
  }
  print(show((7n | BigInt((-1 % 1.5) | 0))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (((true ? 1_000 : 0) >= Number('é'))) throw new RangeError(`<${255n}|${'0x1f'}>`);
  try {
    await Promise.race([E(target).slow(((p16 = '-0') => p16)(NaN)), Promise.resolve(later(1, (-3n ?? 255))).then(x => (print(`c17 ${show(x)}`) ?? later(2, ('' ?? true))))]);
    let i18 = 0;
    do {
      tick();
      for (let i19 = 0; i19 < 1; i19++) {
        tick();
        await later(0, ({})?.[0]);
        const v20 = clip(((-0 & i19)).toFixed(0));
      }
    } while (++i18 < 4);
    throw new Map([[null, null], [7, 0xff]]).get(-3n);
  }
  finally {
    print('finally');
  }
  print(show(Object.keys(({ key: '-0' })).toReversed()));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task21 = async () => {
  print('task 0 step 0');
  const w23 = await Promise.resolve(((p22 = null) => null)(...[undefined], true));
  print(show(w23));
  print(show((-3n & (-9007199254740993n - -3n))));
  if ((['a', 'null', null].every(x24 => true || x24 === 'B') || ('b' in ({ [' 7 ']: '', b: 12345678901234567890n })))) return (- 0xff);
  return (true || 7);
};
task21().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

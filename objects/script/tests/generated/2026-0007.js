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
    const v1 = clip(Math.max(parseFloat(String(JSON.stringify('😀!', null, 1))), String(' 7 ')));
    const f2 = function (a3, a4 = ((p6 = undefined) => 'é')(), ...r5) {
      tick();
      let n8 = 0;
      for (const x7 of new Set([a4, a3])) {
        tick();
        if (++n8 > 6) break;
        const v10 = clip(new Set(['0x1f', a3]));
        r5 = clip(Object.keys(Object.fromEntries(new Map([['é', 1e21], [1, 'null']]))).map(x11 => a3));
      }
      switch (a4) {
        case ['é'].join('x,y,z'): {
          let v12 = clip(Math.max(((- 1e-7) >>> v1), v1));
          const v13 = clip(new Set(Object.keys(({ key: 'x,y,z', 0: 0.1, key: '12' }))));
        }
        case (false ? '0x1f' : 'é'): {
        }
      }
      return 'x,y,z'.slice(-1);
    };
    throw new Error(' 7 '.substring(2, 4));
  }
  catch (e14) {
    print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(({ key: ['null', null, 255n][0] })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v15 = clip(((1n * -1) - Math.max(Infinity, undefined)));
  if (('0' in ({ ...({ key: v15, key: 12345678901234567890n, a: v15 }), ...({}) }))) throw new Error(String(JSON.stringify('12', null, 1)));
  print(show(((Math.max(7, 'a') < (false ? 3 : 1_000)) ? 'a'.padEnd(4, ' 7 ').concat(({ key: 7n, ['a-b']: '-0' })?.a) : '0x1f'.padStart(10, '12').padStart(9, ' 7 '))));
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

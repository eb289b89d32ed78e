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
  let v1 = clip((Array.from(new Set(['-0', 'a-b'])).includes(-3n) && ['-0'].every(x2 => (!x2) || x2 >= null)));
  let n4 = 0;
  for (const [k5, x3] of new Map([[-9007199254740993n, ({ b: ' 7 ', ['a']: '😀!' })?.[0]]])) {
    tick();
    if (++n4 > 6) break;
    let i6 = 3;
    l7: while (i6-- > 0) {
      tick();
      for (let i8 = 0; i8 < 4; i8++) {
        tick();
      }
    }
  }
  print(show(((-1 === Math.round(NaN)) ? ((10 | 10) ^ Number('a')) : (1e-7 & ['😀!', 'é', '😀!'].indexOf(null)))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v9 = clip(({ key: ((0.1 ?? null) || ''), a: new Map(Object.entries(({ b: 'é', ['a']: 0xff }))).get(1e-7) }));
  const v10 = clip(((10 !== new Map([['😀!', '0x1f'], ['null', undefined]]).get(true)) ? parseFloat([...'0x1f'].toReversed().join('')) : [-1, true].join(' 7 ').length));
  print(show(['12', undefined, 7]));
  print(`v10 ${show(v10)}`);
  print(`v9 ${show(v9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i11 = 0;
  do {
    tick();
    const v12 = clip(new Map([[2147483647, Object.fromEntries(new Map([['é', NaN], [NaN, null]]))?.[0]], [undefined, [].at(2)]]));
    const v13 = clip((((7n + -9007199254740993n) & BigInt(4294967296 | 0)) & (BigInt.asUintN(16, 7n) - (7n + 0n))));
    print(show(new Set([1n, 'a-b', 1n].flatMap((x, i) => [i, x]))));
    if (((2 && 0) <= ({ ['12']: 0n })?.[0])) throw new Error([].join('x,y,z'));
    for (let i14 = 0; i14 < 3; i14 += 1) {
      const f15 = (x = 1) => `${i14}${typeof x}`;
      tick();
      const v16 = clip(new Set(Array.from((10 | 0).toString(35))));
    }
  } while (++i11 < 4);
  print(show([NaN]));
  print(`i11 ${show(i11)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v17 = clip(new Map(Object.entries(Object.fromEntries(new Map(Object.entries(({})))))));
  v17 = clip(new Map([]));
  print(show([...[...[undefined, null, '0x1f'], true], new Map([]).get('0x1f')].lastIndexOf([0xff].join('null'))));
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let i1 = 3;
  l2: while (i1-- > 0) {
    tick();
    const v3 = clip(((p4 = 0n) => ((true && p4) || p4))(('null' || ({ b: undefined })?.[0]), ((p5 = '12') => p5)((null || 'a-b'))));
    const { a: d6 = v3, [`k${'ey'}`]: d7, ...d8 } = ({});
  }
  let v9 = clip(new Map([[true, i1], [null, 0b101]]).get(([true].includes(Infinity) ? new Map([]).get(2) : i1)));
  print(show(['', 4294967296]));
  print(`v9 ${show(v9)}`);
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n11 = 0;
  for (const x10 of new Set(Object.keys(({})))) {
    tick();
    if (++n11 > 6) break;
    print(show((Boolean(x10) ? `<${NaN}|${' 7 '}>` : (' 7 ' + x10)).split('')));
    let v13 = clip([true, x10]);
  }
  let n15 = 0;
  for (const x14 of [...[Infinity, -2.5], 10].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))) {
    tick();
    if (++n15 > 6) break;
    let n18 = 0;
    for (const [k19, x17] of new Map(Object.entries(({ ['null']: '12' })))) {
      tick();
      if (++n18 > 6) break;
      let i20 = 0;
      do {
        tick();
        let v21 = clip((k19 / (('B' > x17) ? parseFloat('-0') : (0 << 0))));
        let v22 = clip(new Map([[255n, k19], [255, (2147483647 - v21)]]));
      } while (++i20 < 3);
    }
  }
  print(show(/\d+/.test((`<${0xff}|${'null'}>` + ((p23 = '0x1f') => p23)(undefined)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let i1 = 1;
  while (i1-- > 0) {
    tick();
    let v2 = clip((typeof new Map([['x,y,z', 1.5]]).get(({})?.[0])));
    let i3 = 0;
    do {
      tick();
      function f4(a5, a6 = v2, ...r7) {
        tick();
        return String(JSON.stringify(0b101, ['a', 'key']));
      }
    } while (++i3 < 1);
  }
  print(show(String(Object.keys(({})))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v8 = clip(new Map(Object.entries(({ 1: '12' }))));
  for (let i9 = 0; i9 < 1; i9++) {
    tick();
    let v10 = clip(/a/.test(`<${'12'}|${'a-b'}>`.concat([].at(3))));
    try {
      let v11 = clip([0, -2.5, 'x,y,z'].map(x12 => x12).map(x13 => x13));
      let v14 = clip(({ ...({ 1: ({ 1: '0x1f' })?.b, a: ('' ?? 2147483647) }), ...({}) }));
    }
    catch (e15) {
      print(`caught ${show(e15)} ${e15 instanceof TypeError}`);
      if (([4294967296, '😀!'].every(x16 => false || x16 === null) || (!''))) break;
      let i17 = 2;
      while (i17-- > 0) {
        tick();
        print(show(((p18 = 0b101) => String(p18))(...['a-b'.trimEnd()], v10)));
      }
    }
    finally {
      print('finally');
    }
  }
  print(show(('1' in ({}))));
  print(`v8 ${show(v8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  for (const [k3, x1] of new Map(Object.entries(Object.fromEntries(new Map([]))))) {
    tick();
    if (++n2 > 6) break;
    print(show(((p4 = x1) => Number.isNaN(true))((Infinity << 3), ((p5 = null) => (true ? k3 : -2.5))(...[' 7 '], x1))));
    try {
      if (x1) {
        await never(2, new RangeError(String(JSON.stringify(7, ['a', 'key']))));
      }
      throw 0.1;
    }
    catch (e6) {
      print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set(['😀!', true])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(Object.fromEntries(new Map([]))));
  const w7 = await never(0, (true ? undefined : 'a'));
  print(show(w7));
  const f8 = (a9, a10 = 1, ...r11) => {
    tick();
    let v12 = clip(new Map([[a9, a9]]));
    return a10;
  };
  print(show((Math.floor((1e21 % 2)) < ['-0', 0b101, 'null'].toReversed().length)));
  print(`f8 ${show(f8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n14 = 0;
  for (const [k15, x13] of new Map([[true, ('12' ?? 7)], [null, '😀!']])) {
    tick();
    if (++n14 > 6) break;
    try {
      const v16 = clip(new Map([[x13, x13]]));
      let v17 = clip(new Map([]));
      throw 0.1;
    }
    finally {
      print('finally');
      try {
        print((1e21 | 0).toString(22) + show(await Promise.any([x13])) + show(await 'a-b'));
        throw new SyntaxError((typeof 'x,y,z'));
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(({ ...({ 1: true }), ...Object.assign({}, ({ key: '😀!', a: 0n }), ({})) })));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v18 = clip(new Set([...Array.from('12'), (true ? 1.5 : '-0')]));
  print(show(BigInt((('key' in ({})) ? parseFloat('😀!') : [' 7 ', true].length) | 0)));
  let n20 = 0;
  l21: for (const x19 of [7n, true, 7].slice(-1, 3)) {
    tick();
    if (++n20 > 6) break;
    if (new Map(Object.entries(({ ['😀!']: 1, b: x19 }))).get((true ? Infinity : Infinity))) {
    }
  }
  print(show(Math.fround(((- 0xff) - parseFloat('-0')))));
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  for (const x1 of new Set(Object.keys(({ b: 'B', ['null']: null })))) {
    tick();
    if (++n2 > 6) break;
    for (let i4 = 0; i4 < 1; i4 += 2) {
      const f5 = (x = 1) => `${i4}${typeof x}`;
      tick();
      let n7 = 0;
      for (const x6 of new Set(Array.from(new Set([])))) {
        tick();
        if (++n7 > 6) break;
        let v9 = clip(`<${x6}|${(true ? 'a' : 'B').slice(-2)}>`);
        const { a: d10 = ({ 0: 'a' })?.b, [`k${'ey'}`]: d11, ...d12 } = Object.assign({}, Object.assign({}, ({ 0: x6, 0: x6 }), ({})), Object.fromEntries(new Map([[null, 'B'], ['a', x6]])));
        let v13 = clip([].every(x14 => new Map([]).has('') || x14 < '😀!'));
        const v15 = clip(v13);
        print(show((v9 <= x1)));
      }
      print(show(f5(x1, (0xff * 1e-7))));
    }
  }
  print(show(new Map([[undefined, (255n && [][2])]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f16 = (a17, a18 = ('x,y,z' && 'a'), ...r19) => {
    tick();
    print(show(r19.pop()));
    print(show(r19.shift()));
    print(show(((p20 = a17) => (a18 ?? a17))(' 7 '.substring(-1, 4))));
    let v21 = clip(BigInt(-1 | 0));
    return a17;
  };
  let v22 = clip('-0');
  let n24 = 0;
  for (const x23 of String(JSON.stringify('é')).split('0x1f')) {
    tick();
    if (++n24 > 6) break;
    const v26 = clip(((7 + -1) | 0).toString(22).trim());
  }
  print(show([...v22].toReversed().join('')));
  print(`v22 ${show(v22)}`);
  print(`f16 ${show(f16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    let v27 = clip(new Map([[0, BigInt.asUintN(67, -9007199254740993n)], ['x,y,z', ({ 0: NaN, ['B']: -9007199254740993n, b: 1e-7 })?.a]]));
    for (let i28 = 0; i28 < 4; i28 += 1) {
      tick();
      let v29 = clip(new Set([].filter(x30 => (0b101 <= 0.1) || x30 !== true)));
    }
  }
  finally {
    print('finally');
  }
  print(show(Array.from(`<${1n}|${(2).toExponential(5)}>`)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (((false ? '0x1f' : '0x1f') !== new Map([]).get('a-b'))) throw new TypeError(`<${'😀!'}|${'0x1f'}>`);
  try {
    if (String(JSON.stringify([null], ['a', 'key']))) {
      print((' 7 ' + true) + show(await Promise.all([Promise.all([later(1, false), later(0, 0n)]), never(1, new TypeError('12'.substring(-1, 2)))])) + show(await '-0'));
      const v32 = clip(({ a: 'a'.replace(/(\w)(\w)?/g, (m, ...more) => `${m}${more.length}`), a: [].join('é'), b: (new Map([['😀!', true], [-9007199254740993n, undefined]]).get('null') && 2) }));
    }
    else {
      const w33 = await later(2, 1e21);
      print(show(w33));
    }
    throw new RangeError([].join(''));
  }
  finally {
    print('finally');
  }
  print(show([...Object.keys(({ 1: null, 0: undefined })).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)), `<${1e-7}|${'B'}>`]));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

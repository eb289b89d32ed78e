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
  const f1 = (a2, a3 = NaN, ...r4) => {
    tick();
    function f5(a6, a7 = ((p9 = undefined) => a3)(true, null), ...r8) {
      tick();
      let v10 = clip(new Map(Object.entries(({ 1: (false ? a6 : -3n) }))));
      if (/[a-z]+/.test((7).toPrecision(11))) return (/^x|y$/.test('null') ? a2 : 2);
      return a2;
    }
    const f11 = function (a12, a13 = a2, ...r14) {
      tick();
      const f15 = function (a16, a17 = a3, ...r18) {
        tick();
        print(show(new Set(r4)));
        if ((!a3)) throw 'é';
        return parseFloat('');
      };
      if (('12' + a3)) {
      }
      return (new Map([[a3, a13]]).has(7) ? (10 ?? '12') : a3);
    };
    return (a3 === a2);
  };
  print(show(({})));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v19 = clip(String([]));
  try {
    switch (v19) {
      case (true ? '😀!' : ''): {
        let v20 = clip(new Map([[-0, (Infinity ?? true)]]));
        switch (String(JSON.stringify(({ ['0x1f']: '12' }), ['a', 'key']))) {
          default: {
            const v21 = clip(Object.keys(({ 0: v19 })).filter(x22 => (0.1 >= 1_000) || x22 < 0b101));
            let v23 = clip(v21);
          }
          case 3: {
            break;
          }
          case v19: {
            break;
          }
          case ({ ['B']: -2.5, 1: 1n, ['-0']: -9007199254740993n })?.b: {
          }
        }
        break;
      }
    }
  }
  catch (e24) {
    print(`caught ${show(e24)} ${e24 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(parseFloat(('a-b'.toLowerCase() + [10].at(1)))));
  print(`v19 ${show(v19)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    await never(1, new SyntaxError(String(JSON.stringify(['é', null], ['a', 'key']))));
    let n26 = 0;
    l27: for (const x25 of `<${12345678901234567890n}|${'0x1f'}>`.split('0x1f')) {
      tick();
      if (++n26 > 6) break;
      for (let i29 = 0; i29 < 1; i29++) {
        tick();
      }
    }
  }
  catch (e30) {
    print(`caught ${show(e30)} ${e30 instanceof TypeError}`);
  }
  print(show((String(JSON.stringify('null')) !== Object.assign({}, ({ ['x,y,z']: '-0' }), ({ [' 7 ']: true, 1: true, b: 255n }))?.key)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(new Set([null, 0b101])));
  for (let i31 = 0; i31 < 4; i31 += 1) {
    const f32 = (x = 1) => `${i31}${typeof x}`;
    tick();
    if (/^x|y$/.test(`<${'x,y,z'}|${'-0'}>`)) continue;
    const v33 = clip(new Set('a'.split(/^x|y$/)).has(parseInt('a-b')));
    const v34 = clip(12345678901234567890n);
    const v35 = clip(([-3n, 255].concat([]).length % (~(+2147483647))));
    switch (({ key: 10, b: undefined, a: true })?.[0]) {
      case 'B': {
        const w36 = await { then: (resolve, reject) => resolve(v34) };
        print(show(w36));
        try {
        }
        finally {
          print('finally');
        }
      }
      case '12'.replaceAll('a-b', '[$&]'): {
      }
      case i31: {
      }
    }
  }
  print(show(Object.keys(({})).length));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

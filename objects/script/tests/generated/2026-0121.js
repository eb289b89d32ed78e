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
  for (const [k3, x1] of new Map([[12345678901234567890n, new Map([[undefined, 255n], ['-0', ' 7 ']]).get('é')]])) {
    tick();
    if (++n2 > 6) break;
    const v4 = clip([...[].filter(x5 => true || x5 >= 0), x1].concat([k3]));
    try {
      const [d6 = (true ? x1 : 0b101), d7, ...d8] = v4;
      const v9 = clip(new Set([2, x1]));
      throw d6;
    }
    catch (e10) {
      print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
      let n12 = 0;
      for (const x11 of String(JSON.stringify(String(JSON.stringify(v4)), null, 1))) {
        tick();
        if (++n12 > 6) break;
        const v14 = clip((new Map([[x11, ''], [1e-7, x11]]).get(v4.at(-2)) || (NaN ?? true)));
        print(show((([v14].at(2) - (false ? 4294967296 : 10))).toFixed(5)));
      }
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set(Object.values(Object.assign({}, ({ ['null']: 3 }), ({ b: 1e21, key: undefined }))))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show((BigInt.asUintN(19, BigInt.asUintN(53, -3n)) / BigInt.asUintN(36, BigInt.asUintN(26, -3n)))));
  if ((false || ({ key: 2, key: 'a', 0: NaN })?.a)) {
    let v15 = clip((('key' in Object.fromEntries(new Map([['a-b', true], [null, null]]))) ? [true, undefined, undefined].lastIndexOf(null) : [10].lastIndexOf(undefined)));
    try {
      try {
        let v16 = clip(new Map(Object.entries(({ b: v15 }))));
        throw new TypeError((true ? '😀!' : '0x1f'));
      }
      catch (e17) {
        print(`caught ${show(e17)} ${e17 instanceof TypeError}`);
      }
      throw [v15, Infinity][0];
    }
    catch (e18) {
      print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
    }
  }
  else {
  }
  print(show((!Math.min(1, null))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let [d19, d20] = [(true ? '' : -9007199254740993n), ' 7 '];
  [d19, d20] = [d20, d19];
  const f22 = function (a23, a24 = (false ? d20 : '12'), ...r25) {
    tick();
    let v26 = clip(({ 0: [a23, undefined].length, ['B']: a24, ['a-b']: a23 }));
    switch (((p27 = ' 7 ') => true)(a23)) {
      case [-1, true, a23].at(-1): {
      }
      case 'a-b': {
      }
    }
    return d20;
  };
  print(show(new Map([])));
  print(`f22 ${show(f22)}`);
  print(`d20 ${show(d20)}`);
  print(`d19 ${show(d19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

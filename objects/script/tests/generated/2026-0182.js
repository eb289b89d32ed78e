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
  let i1 = 4;
  l2: while (i1-- > 0) {
    tick();
    const v3 = clip(/b*?/.test(((true ? 0b101 : 1e21)).toFixed(3)));
    print(`<${''}|${'a'}>` + show(await Promise.race([later(1, (true ?? 'B')), Promise.resolve(1_000)])) + show(await -9007199254740993n));
  }
  try {
    if ((Math.max(4294967296, 7) >= parseInt('a-b'))) throw ' 7 ';
    let n5 = 0;
    for (const x4 of new Set(Object.keys(({})))) {
      tick();
      if (++n5 > 6) break;
    }
    throw (NaN ?? 0.1);
  }
  catch (e7) {
    print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(({ a: [NaN].map(x8 => x8)[3] })));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let [d9, d10] = [1.5, true];
  [d9, d10] = [d10, d9];
  print('a'.substring(3, 1) + show(await Promise.resolve(d9)) + show(await d10));
  let v12 = clip((String(JSON.stringify([null], null, 1)).length === ((!1_000) ? (4294967296 - NaN) : [null, null].lastIndexOf(-1))));
  switch (d10) {
    case d9: {
      let n14 = 0;
      for (const x13 of [d9, d10]) {
        tick();
        if (++n14 > 6) break;
        const f16 = function (a17, a18 = x13, ...r19) {
          tick();
          return (x13 ?? d10);
        };
      }
    }
    case NaN: {
      break;
    }
    default: {
    }
    case Math.min(1.5, d10): {
    }
  }
  print(show(d9));
  print(`v12 ${show(v12)}`);
  print(`d10 ${show(d10)}`);
  print(`d9 ${show(d9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f20 = function (a21, a22 = 1e-7, ...r23) {
    tick();
    for (let i24 = 0; i24 < 1; i24 += 1) {
      const f25 = (x = 1) => `${i24}${typeof x}`;
      tick();
      const f26 = function (a27, a28 = true, ...r29) {
        tick();
        const f30 = function (a31, a32 = 'B', ...r33) {
          tick();
          print(show(r23.pop()));
          const v34 = clip(new Map([[a27, ((1e-7 <= a31) ? a32 : true)], [a32, f25()]]));
          let v35 = clip(new Map([[a28, (r23.includes(true) ? 'B' : a27)]]));
          print(show(f25(a31)));
          return a32;
        };
        return a22;
      };
    }
    return String(({ key: 0n }));
  };
  print(show((((255n <= 0n) ? -1 : Math.ceil(1e21)) % [0xff, null].findIndex(x36 => (!undefined) || x36 === null))));
  print(`f20 ${show(f20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    let v37 = clip(new Set([].toSorted()));
    try {
      const v38 = clip(String([].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))).repeat(0));
      print(show(v37.add(({ ...({}), ...({ a: 12345678901234567890n, 1: undefined, 0: '😀!' }) })?.[1]).size));
      function f39(a40, a41 = new Map([['-0', 1e-7]]).get('12'), ...r42) {
        tick();
        const f43 = (a44, a45 = '0x1f', ...r46) => {
          tick();
          return a41;
        };
        return `<${undefined}|${'B'}>`;
      }
      throw new Error(String([255, null, undefined]));
    }
    catch (e47) {
      print(`caught ${show(e47)} ${e47 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  catch (e48) {
    print(`caught ${show(e48)} ${e48 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map([[1e21, '12']]).get((new Map([[Infinity, 255n]]).get(null) ?? ((p49 = 0b101) => undefined)(true, NaN)))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

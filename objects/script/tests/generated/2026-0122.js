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
  for (const [k3, x1] of new Map([[undefined, -9007199254740993n]])) {
    tick();
    if (++n2 > 6) break;
    print(`<${7n}|${'a-b'}>` + show(await Promise.resolve(Promise.allSettled([later(2, x1), later(1, '-0'), later(1, (null ?? 1.5))])).then(x => (print(`c4 ${show(x)}`) ?? Promise.resolve((false ? '😀!' : 'a-b'))))) + show(await true));
    let i5 = 0;
    l6: do {
      tick();
      switch ((true && ({})?.a)) {
        case 0: {
        }
        case x1: {
        }
      }
    } while (++i5 < 4);
  }
  print(show((BigInt.asUintN(48, (-3n / -9007199254740993n)) / BigInt((+-1) | 0))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(BigInt.asUintN(29, BigInt((false ? 0 : 1e21) | 0))));
  let [d7, d8] = [(0b101 && 1e21), -2.5];
  [d7, d8] = [d8, d7];
  const v10 = clip(({ key: (d7 && ('a-b' || -0)), b: d8 }));
  print(show(Number(`<${(true ? -2.5 : ' 7 ')}|${'B'}>`)));
  print(`v10 ${show(v10)}`);
  print(`d8 ${show(d8)}`);
  print(`d7 ${show(d7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    let n12 = 0;
    for (const [k13, x11] of new Map([[undefined, [].at(-1)]])) {
      tick();
      if (++n12 > 6) break;
      const f14 = function (a15, a16 = k13, ...r17) {
        tick();
        const v18 = clip((((0xff === 1.5) ? (-0 * NaN) : (false ? 0.1 : 1e-7)) | (Math.min(7, true) - (7 & 2147483647))));
        return k13;
      };
    }
    throw 255;
  }
  catch (e19) {
    print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(((- (+3)) / (~(Infinity % 2)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(-3n));
  let v20 = clip(Math.sqrt(0xff));
  const f21 = function (a22, a23 = '12', ...r24) {
    tick();
    let n26 = 0;
    for (const x25 of 'x,y,z'.split(/\d+/).join('')) {
      tick();
      if (++n26 > 6) break;
      let v28 = clip(({ ...({ b: (x25 ?? 255n), key: (0n && undefined), b: a23 }), ...Object.fromEntries(new Map([[null, 'a-b'], [x25, 1_000]])) }));
      try {
        throw new RangeError(String(r24));
      }
      catch (e29) {
        print(`caught ${show(e29)} ${e29 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    return ((!1.5) ? a23 : 12345678901234567890n);
  };
  print(show([0xff, undefined, null].toReversed()));
  print(`f21 ${show(f21)}`);
  print(`v20 ${show(v20)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

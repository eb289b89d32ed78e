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
  if ((255 + -1)) {
    switch ((-1).toExponential(7)) {
      case String([4294967296, 2147483647, '😀!']): {
        let [d1, d2] = [(false ? '😀!' : 1e21), '0x1f'];
        [d1, d2] = [d2, d1];
        const f4 = function (a5, a6 = new Map([['B', d2], ['0x1f', d1]]).get(1.5), ...r7) {
          tick();
          if ((Math.min(NaN, '') >= r7.indexOf(d2))) throw (false ? a5 : a5);
          return a5;
        };
      }
      case (2147483647).toPrecision(10): {
        break;
      }
      default: {
      }
      case ('x,y,z' ?? -0): {
      }
    }
  }
  else {
  }
  print(show(({})));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    let i8 = 0;
    l9: do {
      tick();
      const f10 = function (a11, a12 = ('-0' && 0xff), ...r13) {
        tick();
        print(show(r13.fill((0 + 10), 2)));
        const f14 = (a15, a16 = a11, ...r17) => {
          tick();
          print(show(((p18 = 0b101) => a12)()));
          return -0;
        };
        return (' 7 ' + a12);
      };
    } while (++i8 < 4);
    throw new Error((typeof 'x,y,z'));
  }
  catch (e20) {
    print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
  }
  print(show([...[-3n, 12345678901234567890n], Math.floor(0xff)]));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n22 = 0;
  l23: for (const x21 of ['null'].toReversed()) {
    tick();
    if (++n22 > 6) break;
    print(show(((p25 = x21) => ({ 1: p25, 1: 'a-b', key: p25 })?.a)(...[[...'😀!'].toReversed().join('')], Math.sqrt(0b101))));
    let v26 = clip((BigInt((-1 & 7) | 0) / 255n));
  }
  function f27(a28, a29 = 1.5, ...r30) {
    tick();
    a28 = clip((a29 || [...['😀!'], '😀!'][0]));
    let i31 = 1;
    while (i31-- > 0) {
      tick();
    }
    return a29;
  }
  print(show(([...[undefined, '12'], true].lastIndexOf(1e-7) < Number('12'.slice(-1)))));
  print(`f27 ${show(f27)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v32 = clip(Array.from((typeof '-0')).join(' 7 '));
  let [d33, d34] = [255, ({ a: 'null', key: 0n, b: null })?.[0]];
  [d33, d34] = [d34, d33];
  print(show([].concat([d33, d33]).map(x36 => x36)));
  print(`d34 ${show(d34)}`);
  print(`d33 ${show(d33)}`);
  print(`v32 ${show(v32)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

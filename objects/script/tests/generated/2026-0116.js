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
  print(show(((p1 = NaN) => p1)((-0 ?? 255))));
  if (('a-b' >= -1)) throw -9007199254740993n;
  const v2 = clip(Array.from(new Set(['12'])).join('é'));
  let n4 = 0;
  l5: for (const x3 of ['null', true, -9007199254740993n]) {
    tick();
    if (++n4 > 6) break;
    print(show(new Map([[x3, (false ? '' : undefined)]]).get(x3)));
    switch ((4294967296 - 2147483647)) {
      case -2.5: {
        break;
      }
      default: {
      }
      case (NaN * 2): {
        break;
      }
    }
  }
  print(show(v2));
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v7 = clip(({ key: ({})?.[1] })?.[0]);
  await Promise.all([never(1, v7), later(1, '-0')]);
  print(show(1n));
  print(`v7 ${show(v7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let [d8, d9] = [new Map([['', undefined]]).get('a-b'), 0.1];
  [d8, d9] = [d9, d8];
  let n12 = 0;
  for (const x11 of new Set('12'.split('é'))) {
    tick();
    if (++n12 > 6) break;
    function f14(a15, a16 = '-0', ...r17) {
      tick();
      const v18 = clip(r17);
      let v19 = clip((((255 / 7) - Number('x,y,z')) < (x11 / Math.abs(1))));
      switch ([a16].length) {
        case `<${null}|${'B'}>`: {
          let v20 = clip(Math.imul((NaN % 1e21), a16));
          if ((![' 7 ', true, ' 7 '].at(0))) throw a16;
        }
        case 12345678901234567890n: {
          break;
        }
        case 'null'.padStart(4, 'null'): {
          break;
        }
      }
      return ((p21 = a15) => d8)();
    }
  }
  print(show(new Map([])));
  print(`d9 ${show(d9)}`);
  print(`d8 ${show(d8)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (Number.isInteger('😀!')) {
    const f22 = function (a23, a24 = ({ 0: 'a-b' })?.[1], ...r25) {
      tick();
      if ((r25.every(x26 => true || x26 >= -3n) && (false && true))) throw new Error(r25.join('é'));
      try {
        function f27(a28, a29 = ({ a: true, a: NaN, b: a23 })?.a, ...r30) {
          tick();
          const { a: d31 = (true ? null : true), [`k${'ey'}`]: d32, ...d33 } = ({ a: a28 });
          print(show(((p34 = -0) => a24)((Number.isInteger('12') ? 12345678901234567890n : d32))));
          return (false || a28);
        }
        throw '';
      }
      finally {
        print('finally');
      }
      return (2147483647 % 0.1);
    };
  }
  print(show(((BigInt(1 | 0) | -9007199254740993n) | BigInt.asUintN(44, (-9007199254740993n % 7n)))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

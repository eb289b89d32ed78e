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
  print(show(((p1 = '-0') => 'é'.padStart(5, ''))(...[(~NaN)], (7 + 2))));
  try {
    let v2 = clip((typeof ((p3 = '') => ((p4 = 1_000) => 1)(...[p3], p3))(...[('0x1f' || null)], [12345678901234567890n][1])));
    let v5 = clip(({}));
  }
  catch (e6) {
    print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(Boolean(((p7 = '') => p7)())));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((255 * 3) === (1 | 0))) throw new RangeError((typeof ''));
  let n9 = 0;
  for (const x8 of 'a'.substring(4, 4).split('')) {
    tick();
    if (++n9 > 6) break;
    const f11 = (a12, a13 = x8, ...r14) => {
      tick();
      a12 ??= clip(({ ['12']: x8 })?.b);
      const f15 = (a16, a17 = x8, ...r18) => {
        tick();
        const v19 = clip(r14);
        return BigInt.asUintN(61, 12345678901234567890n);
      };
      return a12;
    };
  }
  print(show(Object.keys(({})).slice(1, 1).filter(x20 => (0xff === 1) || x20 !== -1)));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  for (let i21 = 0; i21 < 3; i21 += 2) {
    tick();
    print(show((((2 / i21) >= [0, '-0', '😀!'].findIndex(x22 => true || x22 >= 1n)) ? `<${new Map([[null, null]]).get('x,y,z')}|${String(JSON.stringify(({ 1: 2147483647, ['x,y,z']: 4294967296 }), null, 1))}>` : (Number('12')).toFixed(3))));
    const f23 = function (a24, a25 = (true && 3), ...r26) {
      tick();
      function f27(a28, a29 = 255, ...r30) {
        tick();
        let v31 = clip((typeof [].join('a-b')));
        if ((!a25)) throw '0x1f';
        function f32(a33, a34 = a28, ...r35) {
          tick();
          return (!a25);
        }
        return a28;
      }
      return 1n;
    };
  }
  print(show(((255n / BigInt(0 | 0)) * BigInt.asUintN(50, (255n * 1n)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

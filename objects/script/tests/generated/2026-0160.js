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
  const { a: d1 = 'null', [`k${'ey'}`]: d2, ...d3 } = ({ 0: [null, '12', -1][2], 0: Infinity, key: (1e-7 ?? 'x,y,z') });
  const v4 = clip(BigInt(((Infinity % 0b101) & (true ? Infinity : -2.5)) | 0));
  print(show((d3.key = (typeof d1))));
  print(show('a-b'));
  print(`v4 ${show(v4)}`);
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
  print(`d3 ${show(d3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v5 = clip(new Set([]));
  if ([true].filter(x6 => false || x6 < 12345678901234567890n).includes(1e21)) throw new SyntaxError((typeof '-0'));
  print(show(((p7 = 'a-b') => p7)((2 + 2), (-0 ?? '😀!'))));
  for (let i8 = 0; i8 < 1; i8 += 1) {
    tick();
    if (i8) {
      let v9 = clip([...[0n, 0b101].slice(0, -1), BigInt.asUintN(34, -3n)]);
      print(show(v5.add([].slice(0, 0)[3]).size));
      function f10(a11, a12 = 3, ...r13) {
        tick();
        return ((p14 = 12345678901234567890n) => p14)(a11, ((p15 = '0x1f') => ' 7 ')());
      }
    }
  }
  print(show((isNaN('a') && (!new Map([[-1, 3]]).get('-0')))));
  print(`v5 ${show(v5)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n17 = 0;
  l18: for (const [k19, x16] of new Map([[null, (-9007199254740993n || 7)]])) {
    tick();
    if (++n17 > 6) break;
    try {
      try {
        await later(0, true);
      }
      finally {
        print('finally');
      }
    }
    catch (e20) {
      print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(((BigInt(1e-7 | 0) / BigInt.asUintN(50, -9007199254740993n)) * (BigInt.asUintN(31, -3n) ^ (12345678901234567890n ^ 1n)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(((p21 = ' 7 ') => p21)(((p22 = ' 7 ') => p22)(...[(-3n && -0)], ((p23 = '12') => '😀!')('-0', -2.5)))));
  function f25(a26, a27 = ('é' && -2.5), ...r28) {
    tick();
    print(show(BigInt(Number('B'.replaceAll(' 7 ', '[$&]')) | 0)));
    let n30 = 0;
    for (const x29 of r28) {
      tick();
      if (++n30 > 6) break;
    }
    return ((p32 = 0xff) => true)(a26, '😀!');
  }
  print(show(Object.fromEntries(new Map(Object.entries(({ ...({ key: 1, ['-0']: 1e21, b: 1.5 }), ...({}) }))))));
  print(`f25 ${show(f25)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

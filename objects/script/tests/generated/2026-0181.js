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
  const f1 = function (a2, a3 = new Map([[255n, null]]).get(undefined), ...r4) {
    tick();
    const f5 = function (a6, a7 = (false ? undefined : a2), ...r8) {
      tick();
      if (a6) {
        function f9(a10, a11 = a6, ...r12) {
          tick();
          print(show(((p13 = a2) => a10)(...[`<${1e-7}|${'a'}>`], (0 / 2))));
          const v14 = clip(r8.flatMap((x, i) => [i, x]));
          let v15 = clip(('a-b'.concat('a-b') && String(({ [' 7 ']: a10 }))));
          const v16 = clip(({ 1: ({ 1: 7n })?.a })?.a);
          let v17 = clip(((p18 = ' 7 ') => v16)(((p19 = '0x1f') => ((p20 = 7n) => a7)())('é', 255)));
          return v16;
        }
      }
      else {
      }
      return (12345678901234567890n * 7n);
    };
    return (new Set([0b101]).has(a2) ? a3 : 0xff);
  };
  print(show(Object.assign({}, ({ ...({}), ...Object.fromEntries(new Map([])) }), ({ ...({}), ...({}) }))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n22 = 0;
  l23: for (const x21 of [-2.5].flatMap((x, i) => [i, x])) {
    tick();
    if (++n22 > 6) break;
    try {
      function f25(a26, a27 = (-0 ?? -0), ...r28) {
        tick();
        try {
          const [d29 = ({ ['-0']: undefined })?.a, d30, ...d31] = r28;
          print(show((~(0b101 - Infinity))));
        }
        catch (e32) {
          print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
        }
        finally {
          print('finally');
        }
        return `<${a26}|${'x,y,z'}>`;
      }
      throw new Error(`<${-9007199254740993n}|${'😀!'}>`);
    }
    catch (e33) {
      print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
    }
  }
  print(show(new Set([...['', 3, undefined], ((p34 = 'B') => 'a')(-3n, -3n)])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print([0.1].join('a-b') + show(await Promise.resolve(((p35 = undefined) => 'B')()).then(x => (print(`c36 ${show(x)}`) ?? ({ then: (resolve, reject) => reject('😀!') }))).then(x => (print(`c37 ${show(x)}`) ?? E(target).echo((10 ?? ' 7 ')))).finally(() => (print('c38') ?? later(3, ('😀!' ?? -9007199254740993n))))) + show(await null));
  let n40 = 0;
  for (const x39 of [...['12', 10, null].toSorted(), '12']) {
    tick();
    if (++n40 > 6) break;
    const f42 = (a43, a44 = 0n, ...r45) => {
      tick();
      print(show(((p46 = a43) => (({})?.[0] ?? x39))()));
      let n49 = 0;
      for (const x48 of new Set([0n, null].toSorted())) {
        tick();
        if (++n49 > 6) break;
        const v51 = clip(('a' in ({ a: ((p52 = undefined) => '12')(7), ['😀!']: ((p53 = a44) => '12')(), 1: x48 })));
      }
      return (-1 >>> -0);
    };
  }
  print(show(new Map([[255, (NaN === 0xff)]])));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n55 = 0;
  for (const [k56, x54] of new Map([[1e21, (true ?? 'é')]])) {
    tick();
    if (++n55 > 6) break;
    const f57 = function (a58, a59 = 1e21, ...r60) {
      tick();
      const f61 = (a62, a63 = 'a', ...r64) => {
        tick();
        l66: for (let i65 = 0; i65 < 2; i65++) {
          const f67 = (x = 1) => `${i65}${typeof x}`;
          tick();
        }
        return r64.every(x68 => false || x68 === '😀!');
      };
      return k56;
    };
  }
  print(show(new Map([[10, ((p69 = null) => 255)()]]).get([null, 'x,y,z'].findIndex(x70 => false || x70 >= null))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

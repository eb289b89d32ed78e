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
  const f1 = function (a2, a3 = 255, ...r4) {
    tick();
    try {
      a2 = clip(Math.sign((0 % -0)));
      const f5 = (a6, a7 = a2, ...r8) => {
        tick();
        const f9 = (a10, a11 = true, ...r12) => {
          tick();
          let v13 = clip(((!a10) ? `<${(true ? a11 : 10)}|${(false ? '0x1f' : '0x1f')}>` : `<${1_000}|${String(JSON.stringify(1_000))}>`));
          if (Boolean(a7)) throw true;
          print(show(r4.map(x14 => (true ? 2 : x14)).map(x15 => (Number.isNaN(undefined) ? new Map([[undefined, 'a']]).get(null) : a10))));
          return a7;
        };
        return a7;
      };
    }
    catch (e16) {
      print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
    }
    return a3;
  };
  print(show((BigInt((true ? 4294967296 : 4294967296) | 0) & ((-3n - -3n) - (-3n & 1n)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d17 = new Map([]).get('B'), d18, ...d19] = String(JSON.stringify([0.1, undefined])).split(/\d+/);
  let n21 = 0;
  for (const [k22, x20] of new Map([[-9007199254740993n, false], [255, d17]])) {
    tick();
    if (++n21 > 6) break;
    let v23 = clip(new Map(Object.entries(({ ...({ b: k22, 0: x20, ['']: true }), ...({ 0: x20, a: -0, 0: null }) }))));
    switch (({ 1: 7, ['null']: -1, a: Infinity })?.b) {
      case [d17, d18, -2.5].findIndex(x24 => true || x24 >= 1.5): {
        let v25 = clip(new Set([]));
        if (new Map([]).has((true ? 0b101 : 'x,y,z'))) throw new SyntaxError(String(({})));
        switch (x20) {
          case Math.max(Infinity, ' 7 '): {
            print((false ? 'a' : '12') + show(await Promise.resolve(Infinity).then(x => (print(`c26 ${show(x)}`) ?? Promise.any([later(2, 255)])))) + show(await d17));
            break;
          }
          case 'a'.replace(/[^a]/i, '<$&$1>'): {
          }
          case NaN: {
            break;
          }
        }
        break;
      }
      case true: {
      }
    }
  }
  print(show(new Map([])));
  print(`d18 ${show(d18)}`);
  print(`d17 ${show(d17)}`);
  print(`d19 ${show(d19)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n28 = 0;
  for (const [k29, x27] of new Map([['-0', (false ? 0n : true)]])) {
    tick();
    if (++n28 > 6) break;
    print(show(((p30 = k29) => ((p31 = 0b101) => ((p32 = 'B') => NaN)(undefined, 1_000))(...[(true ? NaN : 'é')], ({ ['😀!']: p30, [' 7 ']: p30, ['-0']: 0b101 })?.key))((true ?? (false ? x27 : ' 7 ')), k29)));
    function f33(a34, a35 = ({ ['a']: '', ['é']: true })?.b, ...r36) {
      tick();
      print(show(new Set(r36)));
      switch (a35) {
        case [a34, a35][0]: {
          break;
        }
      }
      return (0n * -3n);
    }
  }
  print(show([...[' 7 '], (0 >= Infinity)]));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

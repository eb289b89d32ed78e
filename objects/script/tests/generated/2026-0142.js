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
  let i1 = 3;
  l2: while (i1-- > 0) {
    tick();
    switch ('0x1f'.length) {
      case true: {
        let i3 = 2;
        while (i3-- > 0) {
          tick();
          let v4 = clip(new Map([[0n, -9007199254740993n]]));
          let v5 = clip(new Set(Array.from(new Set([]))));
        }
        let n7 = 0;
        l8: for (const x6 of [0, '12']) {
          tick();
          if (++n7 > 6) break;
          const f10 = (a11, a12 = ({ ['']: true })?.b, ...r13) => {
            tick();
            return (a11 || a12);
          };
        }
      }
      case Math.min(3, Infinity): {
        break;
      }
      default: {
      }
      case '12': {
        break;
      }
    }
  }
  print(show(String(JSON.stringify(({ 0: '-0', a: ({})?.b })))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f14 = (a15, a16 = 'null', ...r17) => {
    tick();
    const v18 = clip(-9007199254740993n);
    let v19 = clip('a-b'.split('').length);
    let n21 = 0;
    for (const x20 of [...[a15], 7]) {
      tick();
      if (++n21 > 6) break;
      const f23 = (a24, a25 = (true ? x20 : 0.1), ...r26) => {
        tick();
        print(show(((p27 = ' 7 ') => `<${'0x1f'}|${'a-b'}>`)(r17.findIndex(x28 => false || x28 < x20))));
        return (x20 ?? ((p29 = '12') => 2)(a25, undefined));
      };
    }
    return ['a-b', 'a', null].includes('');
  };
  print(show('é'.replaceAll('a', '[$&]').split('a-b').length));
  print(`f14 ${show(f14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v30 = clip(1.5);
  print(show(((p31 = undefined) => p31)([].concat([null, 1_000, 3]).at(1))));
  const v32 = clip(Number(((-1 / 4294967296)).toExponential(4)));
  print(show((isNaN((1_000 && '0x1f')) ? 'null'.charAt(4) : String(' 7 ').padEnd(2, '12'))));
  let n34 = 0;
  for (const x33 of [0, null, true].join(' 7 ')) {
    tick();
    if (++n34 > 6) break;
    const v36 = clip(new Map([]));
    const f37 = (a38, a39 = x33, ...r40) => {
      tick();
      let n42 = 0;
      l43: for (const x41 of Object.values(({}))) {
        tick();
        if (++n42 > 6) break;
      }
      return r40[3];
    };
  }
  print(show(v32));
  print(`v32 ${show(v32)}`);
  print(`v30 ${show(v30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if ((('1' in ({})) && (false || false))) throw ((p45 = null) => 7)();
  let n47 = 0;
  for (const x46 of (('a-b' <= -1) ? [...'😀!'].toReversed().join('') : [1.5].join('a-b'))) {
    tick();
    if (++n47 > 6) break;
    let v49 = clip(Array.from(new Set([undefined, null].map(x50 => x46))));
    const f51 = function (a52, a53 = x46, ...r54) {
      tick();
      return a52;
    };
  }
  print(show(String(JSON.stringify(((+3) & [0xff].length)))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  print(show(((p1 = 7) => p1)(('😀!' || 'null'), [undefined].filter(x2 => true || x2 >= 12345678901234567890n)[3])));
  let n4 = 0;
  for (const x3 of new Set([].slice(-1, 3))) {
    tick();
    if (++n4 > 6) break;
    let [d6, d7] = [x3, 'null'];
    [d6, d7] = [d7, d6];
    let i9 = 2;
    while (i9-- > 0) {
      tick();
      print(show([1n, '-0'].slice(-1, 3).join('é').repeat(1)));
      let i10 = 2;
      while (i10-- > 0) {
        tick();
        let v11 = clip(1e21);
      }
    }
  }
  print(show((Math.min((1_000 / Infinity), 0xff) * (+'-0'.length))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i12 = 0;
  do {
    tick();
    let v13 = clip(Object.values(Object.assign({}, ({ b: '0x1f', a: 4294967296 }), ({ key: 1n }))).map(x14 => (false ? 1.5 : 1e-7)));
    const { a: d15 = [-3n, undefined].at(0), [`k${'ey'}`]: d16, ...d17 } = Object.fromEntries(new Map([['12', 7], [0, 'B']]));
    try {
      const v18 = clip(('x,y,z' + d15));
      throw new Error('B');
    }
    catch (e19) {
      print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  } while (++i12 < 3);
  print(show((`<${-2.5}|${'B'}>` ?? i12)));
  print(`i12 ${show(i12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v20 = clip((['a-b', '-0'].at(1) || [].toReversed()[0]));
  print(show(new Map(Object.entries(({ ['é']: -1 })))));
  try {
    let v21 = clip(/b*?/.test('-0'.split(/\d+/).join('null')));
    let i22 = 4;
    while (i22-- > 0) {
      tick();
      print(show(new Map([])));
      try {
        const f23 = (a24, a25 = -9007199254740993n, ...r26) => {
          tick();
          return ((a25 || 255) ?? a25);
        };
      }
      catch (e27) {
        print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
      }
    }
    throw new Error((4294967296 | 0).toString(6));
  }
  catch (e28) {
    print(`caught ${show(e28)} ${e28 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(0n));
  print(`v20 ${show(v20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n30 = 0;
  for (const x29 of new Set([true, '😀!', 0])) {
    tick();
    if (++n30 > 6) break;
    const f32 = function (a33, a34 = x29, ...r35) {
      tick();
      const f36 = function (a37, a38 = ['B', a33].at(2), ...r39) {
        tick();
        const v40 = clip(Array.from(new Set([])).slice(0, 3).some(x41 => (3 === 1_000) || x41 === a34));
        const v42 = clip(new Map([[a33, a38], ['-0', (new Map([[0n, a33], [undefined, ' 7 ']]).get(0.1) && ((p43 = true) => 0n)())]]));
        const f44 = (a45, a46 = 'null', ...r47) => {
          tick();
          const [d48 = ({ a: a38 })?.[1], d49, ...d50] = [a38];
          if (new Map([['0x1f', a38]]).has('a')) return '12'.slice(-1);
          return (-0 / 1);
        };
        return ((x29 <= 0b101) ? a33 : x29);
      };
      return ((NaN || true) ?? x29);
    };
  }
  print(show([undefined, 'é', 'é'].toSorted().toReversed()));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

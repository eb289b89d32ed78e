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
  l2: for (let i1 = 0; i1 < 4; i1++) {
    tick();
    let n4 = 0;
    l5: for (const x3 of [...[undefined, true, 2], 3]) {
      tick();
      if (++n4 > 6) break;
      try {
        const f7 = (a8, a9 = [null, ''][0], ...r10) => {
          tick();
          const f11 = (a12, a13 = a9, ...r14) => {
            tick();
            let v15 = clip(/[^a]/i.test(([undefined, undefined].some(x16 => false || x16 === 1e-7) ? [1].join('a') : (false ? 'a' : 'x,y,z'))));
            let v17 = clip(BigInt(i1 | 0));
            return a9;
          };
          return x3;
        };
      }
      catch (e18) {
        print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(`<${(7 - 0b101)}|${([].length).toFixed(2)}>`));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f19(a20, a21 = -0, ...r22) {
    tick();
    const [d23 = a21, d24, ...d25] = ['é', undefined, 0n].slice(0, 1);
    let i26 = 0;
    l27: do {
      tick();
      let [d28, d29] = [-9007199254740993n, ''];
      [d28, d29] = [d29, d28];
      if ([null, -1].concat([]).some(x31 => new Set(['0x1f', d29, 'é']).has(-2.5) || x31 >= 1e21)) break l27;
      print(show(d25.push((d24 || 'a-b'))));
      let v32 = clip(BigInt.asUintN(52, BigInt(Math.sign(2147483647) | 0)));
    } while (++i26 < 4);
    try {
      const v33 = clip(Object.assign({}, ({ 1: (false ? a20 : a20), 0: 0, a: ('a-b' ?? a21) }), Object.fromEntries(new Map([[0, d23]]))));
      throw a21;
    }
    catch (e34) {
      print(`caught ${show(e34)} ${e34 instanceof TypeError}`);
    }
    return (a21 % i26);
  }
  print(show(Object.fromEntries(new Map([[null, new Map([[null, '0x1f'], [4294967296, true]]).get('x,y,z')], [0, ({ ['null']: 'é' })?.[1]]]))));
  print(`f19 ${show(f19)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

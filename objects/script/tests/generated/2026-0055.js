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
  print(show(Array.from((typeof 'é'))));
  let v1 = clip(({ ['-0']: (2147483647 & 0xff) }));
  print(show(Array.from(new Set([])).filter(x2 => (!-3n) || x2 !== 255)));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f3(a4, a5 = 1.5, ...r6) {
    tick();
    function f7(a8, a9 = (true ? 'null' : null), ...r10) {
      tick();
      const v11 = clip(`<${(typeof null)}|${String(JSON.stringify(String(JSON.stringify([a9])), ['a', 'key']))}>`);
      const v12 = clip(String(Object.fromEntries(new Map([[7, Infinity], ['😀!', 4294967296]]))));
      return `<${2}|${'a-b'}>`;
    }
    function f13(a14, a15 = a5, ...r16) {
      tick();
      let i17 = 3;
      while (i17-- > 0) {
        tick();
        if ([a14].toReversed().includes(a15)) continue;
      }
      return (a4 ?? a4);
    }
    return (a4 ?? new Map([[a4, undefined]]).get(-1));
  }
  print(show((Math.sqrt(Number('😀!')) < -2.5)));
  print(`f3 ${show(f3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f18 = (a19, a20 = -9007199254740993n, ...r21) => {
    tick();
    const f22 = (a23, a24 = 12345678901234567890n, ...r25) => {
      tick();
      const f26 = function (a27, a28 = 'x,y,z', ...r29) {
        tick();
        try {
          const v30 = clip(Object.assign({}, ({ ['-0']: (a24 ?? a20) }), ({ key: (false ? a23 : a19), 1: 'B', 0: '-0' })));
          print(show(((p31 = 'a-b') => a19)(...['a'.length], a19)));
        }
        catch (e32) {
          print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
        }
        finally {
          print('finally');
        }
        return a24;
      };
      return /[^a]/i.test('null');
    };
    return a19;
  };
  print(show(([-2.5, 'a-b', 'a'].toSorted().at(2) > [].indexOf(-2.5))));
  print(`f18 ${show(f18)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v33 = clip('null'.repeat(2).length);
  let n35 = 0;
  for (const x34 of [1_000, '12', undefined].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))) {
    tick();
    if (++n35 > 6) break;
    l38: for (let i37 = 0; i37 < 2; i37 += 2) {
      const f39 = (x = 1) => `${i37}${typeof x}`;
      tick();
      const v40 = clip(['é'].join('a-b'));
      v33 |= i37;
      const f41 = function (a42, a43 = new Map([[true, x34]]).get(x34), ...r44) {
        tick();
        return a42;
      };
    }
  }
  print(show([10]));
  print(`v33 ${show(v33)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

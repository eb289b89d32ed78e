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
  if ((Number.isInteger('-0') ? (null ?? undefined) : 'B')) {
    const [d1 = ((p4 = null) => undefined)(), d2, ...d3] = [null, 0xff];
    const v5 = clip((((0n | -9007199254740993n) & BigInt(1.5 | 0)) + 12345678901234567890n));
  }
  else {
    let v6 = clip(new Set(Object.values(({ 1: 'x,y,z' })).concat([])));
  }
  print(show(new Set(['0x1f', 'a'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v7 = clip(((~4294967296) % [].lastIndexOf('-0')));
  switch (((1n ?? undefined) ?? new Map([]).get('-0'))) {
    case '12'.padEnd(8, 'x,y,z'): {
      const f8 = (a9, a10 = new Map([[null, 255n], [null, Infinity]]).get(null), ...r11) => {
        tick();
        const f12 = function (a13, a14 = ({})?.key, ...r15) {
          tick();
          function f16(a17, a18 = ((p20 = a14) => '')(a9), ...r19) {
            tick();
            if ((new Set([7, undefined, null]).has(true) || /[^a]/i.test('-0'))) throw new TypeError((0).toFixed(4));
            const [d21 = r15.at(-1), d22, ...d23] = [...'B'].toReversed().join('').split('-0');
            print(show(new Set([1, a14])));
            print(show(new Map(Object.entries(({})))));
            return a18;
          }
          return (0n * 7n);
        };
        return a10;
      };
      break;
    }
  }
  print(show([].indexOf(((1e21 !== undefined) ? ['a'].at(-1) : '12'))));
  print(`v7 ${show(v7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v24 = clip(({ a: (NaN & -0) }));
  const f25 = function (a26, a27 = (true || null), ...r28) {
    tick();
    let n30 = 0;
    l31: for (const x29 of new Set(r28)) {
      tick();
      if (++n30 > 6) break;
      try {
        r28 = clip(Object.values(Object.fromEntries(new Map([[' 7 ', 'é']]))));
        let v33 = clip(/[a-z]+/.test(`<${4294967296}|${'0x1f'.padStart(4, ' 7 ')}>`));
        throw new TypeError((1e-7 | 0).toString(7));
      }
      finally {
        print('finally');
        let v34 = clip(4294967296);
        let v35 = clip(BigInt.asUintN(59, BigInt((-2.5 >> v34) | 0)));
      }
    }
    return Object.fromEntries(new Map([]))?.key;
  };
  print(show(new Map(Object.entries(({})))));
  print(`f25 ${show(f25)}`);
  print(`v24 ${show(v24)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f36 = (a37, a38 = (0n || null), ...r39) => {
    tick();
    try {
      r39 = clip([null, 'null']);
      let v40 = clip(r39.slice(0, 0).indexOf((-1 && -9007199254740993n)));
      throw (-1 ?? '😀!');
    }
    catch (e41) {
      print(`caught ${show(e41)} ${e41 instanceof TypeError}`);
      function f42(a43, a44 = r39.at(3), ...r45) {
        tick();
        const v46 = clip(((a43 & (false ? NaN : -0)) + 0));
        let v47 = clip(v46);
        const [d48 = (' 7 ' ?? a37), d49, ...d50] = [];
        print(show(r45.sort()));
        return r39.at(2);
      }
    }
    finally {
      print('finally');
    }
    return new Map([]).get(a38);
  };
  print(show((Math.trunc((~1e-7)) ^ (({ ['-0']: 1, b: true })?.[1] | parseInt('0x1f')))));
  print(`f36 ${show(f36)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  function f1(a2, a3 = ({ a: true, ['12']: null, b: null })?.key, ...r4) {
    tick();
    let n6 = 0;
    for (const x5 of ((0xff === 3) ? ('null' + 'a-b') : '0x1f'.replace(/a/g, (m, ...more) => `${m}${more.length}`))) {
      tick();
      if (++n6 > 6) break;
      if (new Map([[null, 'a'], [1, null]]).get(a3)) {
        const v8 = clip(`<${(12345678901234567890n && -1)}|${String(x5)}>`);
        const v9 = clip(new Set([...r4, new Map([[a3, x5]]).get(x5)]));
        if (((3 === 2147483647) && /(\w)(\w)?/.test('a-b'))) break;
      }
      else {
        print(show(new Set([a3, -0, undefined].map(x10 => 0xff).concat([true, NaN].toSorted()))));
      }
    }
    return a3;
  }
  print(show(new Set([...[4294967296, null].concat([]), (1.5 || null)])));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v11 = clip([].toReversed().join('').concat(Math.clz32(1.5)));
  let n13 = 0;
  l14: for (const x12 of `<${'😀!'}|${'B'.slice(-1)}>`) {
    tick();
    if (++n13 > 6) break;
    let v16 = clip([...[x12, 'a'], (null ?? true)].slice(-1, 1));
    const f17 = (a18, a19 = x12, ...r20) => {
      tick();
      try {
        const f21 = function (a22, a23 = a18, ...r24) {
          tick();
          const v25 = clip(({}));
          const f26 = (a27, a28 = a18, ...r29) => {
            tick();
            return v11.length;
          };
          return x12;
        };
      }
      catch (e30) {
        print(`caught ${show(e30)} ${e30 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return v11.charAt(-1);
    };
  }
  print(show(({ ...({ ['null']: ({ 1: 'a-b', b: 7, ['']: -2.5 })?.a, key: (false ? 1 : true) }), ...Object.assign({}, ({ key: 'x,y,z', 1: 255n, b: 0xff }), ({ b: null })) })));
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(({ key: `<${'a-b'}|${' 7 '}>` })));
  let i31 = 3;
  while (i31-- > 0) {
    tick();
    let i32 = 0;
    do {
      tick();
      let i33 = 4;
      while (i33-- > 0) {
        tick();
        if (((true ? 255 : 1.5) === (3 - 0xff))) continue;
        const v34 = clip((typeof ((1n && null) || ('-0' && null))));
        const v35 = clip(String((('B' ?? undefined) || true)));
      }
      const f36 = function (a37, a38 = 'a-b', ...r39) {
        tick();
        const v40 = clip(Number.isInteger(('null' ?? a38)));
        return ((p41 = 'é') => a37)((true ? -0 : 1.5));
      };
    } while (++i32 < 4);
  }
  print(show(parseInt((`<${true}|${'0x1f'}>` + (1.5 ?? 1.5)))));
  print(`i31 ${show(i31)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f42 = function (a43, a44 = new Map([[0.1, 'x,y,z'], ['a-b', true]]).get(4294967296), ...r45) {
    tick();
    if ((r45[0] === a43)) return (!a44);
    print(show(r45.reverse()));
    if ((('B' > null) || (null <= -9007199254740993n))) throw new RangeError(`<${a43}|${'null'}>`);
    return Math.ceil(2);
  };
  switch (({ a: null })?.a) {
    default: {
      print(show(String([].flatMap((x, i) => [i, x])).toUpperCase()));
      print(show(((7n * BigInt.asUintN(56, -9007199254740993n)) * ((-3n ^ 255n) * BigInt.asUintN(66, -3n)))));
    }
    case 12345678901234567890n: {
      break;
    }
    case `<${7n}|${'B'}>`: {
      break;
    }
  }
  print(show(new Set(Array.from((-1 | 0).toString(33)))));
  print(`f42 ${show(f42)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

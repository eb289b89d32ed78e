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
  await E(target).bad(((p1 = 'x,y,z') => -0)());
  let v2 = clip(new Map([['😀!', (Number.isInteger(NaN) ? 'B' : 0)], [NaN, BigInt(1 | 0)]]));
  try {
    let i3 = 0;
    l4: do {
      tick();
      try {
        let v5 = clip(new Map([['x,y,z', Object.assign({}, ({ a: true }), ({ ['😀!']: 7n, 0: 'é' }))?.key], [0xff, ({ 1: '-0', 0: -2.5, b: 'é' })?.[0]]]));
        print(show(((p6 = 0xff) => p6)(({ key: -1, 1: '0x1f' })?.[0])));
        throw new RangeError(String(-3n));
      }
      catch (e7) {
        print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
        v2 = clip(v2);
      }
      finally {
        print('finally');
      }
    } while (++i3 < 4);
    throw -9007199254740993n;
  }
  catch (e8) {
    print(`caught ${show(e8)} ${e8 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(({ ...({}), ...({}) })));
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f9 = function (a10, a11 = ({ ['12']: 0xff, a: ' 7 ', 0: 1.5 })?.[0], ...r12) {
    tick();
    const v13 = clip(/[^a]/i.test(String(Object.assign({}, ({}), ({ a: a11, 1: a11 })))));
    let v14 = clip(((- Math.imul(-0, '😀!')) | 0).toString(10));
    if (v13) throw (a10 || true);
    let v15 = clip(((~NaN) % (3 | NaN)));
    return ((p16 = 0xff) => (NaN ?? p16))(a11);
  };
  function f17(a18, a19 = [1_000, '12', '0x1f'][3], ...r20) {
    tick();
    print(show(f9(...[a18], (- 0))));
    const f21 = function (a22, a23 = a18, ...r24) {
      tick();
      return f9((false ? a19 : 10));
    };
    return a19;
  }
  print(show((-3n || (typeof '0x1f'))));
  print(`f17 ${show(f17)}`);
  print(`f9 ${show(f9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  print(String([' 7 ', 0xff, ' 7 ']) + show(await never(0, new RangeError([...'B'].toReversed().join('')))) + show(await ' 7 '));
  if ([0, 0.1].filter(x26 => true || x26 >= undefined)[1]) {
    print(show(new Set(Object.keys(Object.fromEntries(new Map([[true, 'a-b']]))))));
    print(show(((p27 = null) => p27)((typeof null), ({ ...({ ['a']: NaN }), ...({ ['x,y,z']: 'null' }) })?.[0])));
    if ((Number('null') >= ('😀!' | 1e-7))) return ((undefined && 0) ?? ({ b: '-0', ['a']: '' })?.[0]);
    const [d28 = 1.5, d29, ...d30] = [-9007199254740993n];
    const f31 = function (a32, a33 = d28, ...r34) {
      tick();
      return d30.at(-2);
    };
  }
  return new Map([[2147483647, 7n]]).get(true);
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip([...[], 'B'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).length);
  const v2 = clip(new Map([[true, (isNaN(7) ? (' 7 ' ?? undefined) : ((p3 = 'x,y,z') => '😀!')(...[1], true))], [1, ['😀!', '😀!', null].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).at(3)]]));
  print(show(new Map(Object.entries(({ b: false, [' 7 ']: ({})?.key })))));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n5 = 0;
  l6: for (const x4 of new Set(Array.from(new Set(['a'])))) {
    tick();
    if (++n5 > 6) break;
    const f8 = (a9, a10 = (true || '😀!'), ...r11) => {
      tick();
      const v12 = clip(new Map([]));
      let n14 = 0;
      l15: for (const x13 of (true ? 'a-b' : 'a-b').charAt(3)) {
        tick();
        if (++n14 > 6) break;
        print(show(r11.sort()));
        a9 = clip(x13);
        function f17(a18, a19 = x13, ...r20) {
          tick();
          return [].findIndex(x21 => false || x21 === a18);
        }
      }
      return (4294967296 >> 2);
    };
  }
  print(show(new Set([undefined, -9007199254740993n].toReversed().toReversed())));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (255n) {
    case 1_000: {
      const v22 = clip(((typeof -2.5).length % Math.sign((10 / 10))));
      const v23 = clip(new Set([].map(x24 => x24).filter(x25 => ('x,y,z' <= 10) || x25 < -2.5)));
    }
    default: {
      const v26 = clip(Object.fromEntries(new Map(Object.entries(Object.fromEntries(new Map([[Infinity, 1.5], [undefined, '12']]))))));
      const f27 = (a28, a29 = (true ? true : 10), ...r30) => {
        tick();
        const f31 = function (a32, a33 = Infinity, ...r34) {
          tick();
          return ((p35 = 255) => 0xff)(new Map([[1e-7, 'a-b']]).get('😀!'), ({ b: 7n, key: a29 })?.key);
        };
        return String(({ [' 7 ']: a28, 0: a29 }));
      };
    }
    case (false ? undefined : null): {
      break;
    }
    case ((p36 = '12') => p36)(2147483647, ''): {
    }
  }
  print(show([...[], '😀!'].length));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task37 = async () => {
  print('task 0 step 0');
  const w38 = await Promise.resolve('B');
  print(show(w38));
  let v39 = clip('a-b'.replace(/[a-z]+/g, (m, ...more) => `${m}${more.length}`).split('0x1f').every(x40 => [255n, '0x1f'].includes('0x1f') || x40 !== 2147483647));
  const f41 = function (a42, a43 = (true ? 12345678901234567890n : 7n), ...r44) {
    tick();
    try {
      r44 = clip(Object.values(({ ['é']: (3 && 'null') })));
      if (isNaN(a43)) return a42;
      print(show(r44.push(new Map(Object.entries(({ a: 'a-b' }))).get((a43 ?? '12')))));
      const f45 = function (a46, a47 = a43, ...r48) {
        tick();
        return (r44.every(x49 => v39 || x49 !== '') ? ({})?.key : ((p50 = a43) => 1_000)(...[0.1], a42));
      };
    }
    catch (e51) {
      print(`caught ${show(e51)} ${e51 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return Object.fromEntries(new Map([[a42, 'x,y,z']]))?.[1];
  };
  print('task 0 step 1');
  print((typeof '-0') + show(await { then: (resolve, reject) => reject(({ ['B']: 'a' })?.[1]) }) + show(await 'x,y,z'));
  print('task 0 step 2');
  const w52 = await never(0, new TypeError(String(JSON.stringify(({ 1: undefined, a: -2.5 })))));
  print(show(w52));
  return v39;
};
task37().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

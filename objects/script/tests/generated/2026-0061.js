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
  try {
    if (([].at(3) && -0)) {
      let v1 = clip('B'.replace(/\d+/, '<$&$1>').padStart(7, 'a').padStart(2, '-0'));
      const { a: d2 = '-0', [`k${'ey'}`]: d3, ...d4 } = ({ [' 7 ']: ({})?.[0] });
    }
    else {
    }
    throw new Error(`<${'0x1f'}|${'B'}>`);
  }
  catch (e5) {
    print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
  }
  print(show(({ ...Object.assign({}, Object.fromEntries(new Map([['a', undefined], [true, undefined]])), ({ key: 1e21 })), ...({ ...Object.fromEntries(new Map([['-0', 255n]])), ...({ a: true, b: 1_000 }) }) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n7 = 0;
  for (const [k8, x6] of new Map([])) {
    tick();
    if (++n7 > 6) break;
    try {
      const v9 = clip(Array.from(new Set([undefined, 1_000, Infinity])));
      try {
        const [d10 = ((p13 = ' 7 ') => 1_000)(-9007199254740993n), d11, ...d12] = v9;
        let v14 = clip((('é' < d10) ? `<${-3n}|${(0).toFixed(3)}>` : String(Object.fromEntries(new Map([[d10, k8]])))));
        await Promise.race([Promise.allSettled([later(0, -1), later(2, ('a' ?? d10))]), Promise.resolve(d10), Promise.resolve(later(0, d12.at(2))).finally(() => (print('c15') ?? later(3, (true ? k8 : 0b101)))).finally(() => (print('c16') ?? later(0, (null || null))))]);
        throw 1e21;
      }
      catch (e17) {
        print(`caught ${show(e17)} ${e17 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    finally {
      print('finally');
    }
  }
  print(show(('x,y,z' - (-2.5 | 0xff))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

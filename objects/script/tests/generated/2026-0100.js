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
  const f1 = (a2, a3 = 'é', ...r4) => {
    tick();
    try {
      a2 &&= clip(Math.clz32(4294967296));
      const v5 = clip(a3);
      const [d6 = a2, d7, ...d8] = r4;
      const v9 = clip(0.1);
      const [d10 = d6, d11, ...d12] = d8;
    }
    catch (e13) {
      print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return ((!a3) ? (true ? 0n : '-0') : a2);
  };
  print(show((0n ^ BigInt((true & NaN) | 0))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v14 = clip(new Map([]));
  const v15 = clip(/\s*,\s*/.test(String(JSON.stringify(Object.assign({}, ({ key: 4294967296, ['0x1f']: null, b: 10 }), ({ b: '', key: undefined, 1: '' })), null, 1))));
  const { a: d16 = ((p19 = 2147483647) => 'B')(...[1.5], 'é'), [`k${'ey'}`]: d17, ...d18 } = ({ ...({ key: undefined, 1: 'a-b', 0: 1e21 }), ...Object.fromEntries(new Map([[true, null], ['a-b', '']])) });
  try {
    print(show(Object.keys(({}))));
    const f20 = (a21, a22 = d16, ...r23) => {
      tick();
      switch (((null <= d17) ? '😀!' : d16)) {
        case r23.indexOf(d17): {
          break;
        }
      }
      return a22;
    };
    throw d17;
  }
  finally {
    print('finally');
  }
  print(show((([d17].some(x24 => true || x24 < null) && v15) || (d17 === -2.5))));
  print(`d17 ${show(d17)}`);
  print(`d16 ${show(d16)}`);
  print(`d18 ${show(d18)}`);
  print(`v15 ${show(v15)}`);
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let [d1, d2] = ['0x1f', (true ? 1n : null)];
  [d1, d2] = [d2, d1];
  switch (Array.from('0x1f').at(1)) {
    case d2: {
      try {
        const f4 = function (a5, a6 = new Map([['0x1f', null], [d1, true]]).get(d2), ...r7) {
          tick();
          const v8 = clip(4294967296);
          const v9 = clip(`<${d1}|${`<${a5}|${'12'.padEnd(8, 'B')}>`}>`);
          return a5;
        };
      }
      finally {
        print('finally');
      }
    }
    case parseInt('0x1f'): {
    }
  }
  print(show(Array.from(`<${-9007199254740993n}|${`<${'B'}|${'😀!'}>`}>`)));
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(((p10 = null) => (1.5 <= p10))()));
  let i12 = 0;
  do {
    tick();
    try {
      let v13 = clip(['B', 4294967296, 1e-7]);
      v13 = clip(v13.concat(v13.flatMap((x, i) => [i, x])));
    }
    finally {
      print('finally');
      if ((({ 0: 'a-b', 0: 'null', ['a-b']: '12' })?.a ?? '')) {
        let v14 = clip((parseInt('B'.substring(5, 4)) + (NaN - (2147483647 - -0))));
        print(show(((p15 = 0xff) => [].join('x,y,z'))()));
      }
      l18: for (let i17 = 0; i17 < 1; i17++) {
        const f19 = (x = 1) => `${i17}${typeof x}`;
        tick();
      }
    }
  } while (++i12 < 4);
  print(show(new Map([[null, (true ? 'B' : 'a-b')], ['a', (false ? true : 1e21)]]).has((i12 && [undefined, null, true].at(-2)))));
  print(`i12 ${show(i12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip([...((10 !== undefined) ? ('0x1f' + '0x1f') : (false ? '12' : ' 7 '))].toReversed().join(''));
  switch (('null' || 3)) {
    case (typeof true): {
      const f2 = function (a3, a4 = false, ...r5) {
        tick();
        const f6 = (a7, a8 = (false ? a3 : 255n), ...r9) => {
          tick();
          if ((a3 === ((p10 = 2) => -3n)(1e-7))) throw a7;
          print(show(new Set('0x1f'.trim().split('B'))));
          print(show(r9.push(a8)));
          return (a8 ?? [].at(-1));
        };
        return ((true || true) ? a3 : new Map([]).get('B'));
      };
    }
  }
  print(show(new Map(Object.entries(({ b: [].at(-1) })))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v11 = clip(-3n);
  try {
    if ([...['é'], undefined].some(x12 => [].every(x13 => true || x13 !== undefined) || x12 >= true)) throw (true ? 'null' : true);
    switch ((3 / -0)) {
      default: {
        const [d14 = 'é', d15, ...d16] = [Infinity].filter(x17 => true || x17 < null).slice(1, 2);
        function f18(a19, a20 = d15, ...r21) {
          tick();
          function f22(a23, a24 = (true ? null : 'x,y,z'), ...r25) {
            tick();
            return (d14 ?? -3n);
          }
          return (d16.at(1) ?? ({ a: d14, 0: d14 })?.[0]);
        }
      }
      case (255 ?? 1.5): {
      }
      case (0xff % 2): {
      }
      case [].join('x,y,z'): {
      }
    }
    throw (undefined ?? 0.1);
  }
  finally {
    print('finally');
  }
  print(show(String(JSON.stringify([2, 'a-b', 2147483647].toSorted())).replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`)));
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(new Set([...[null].map(x26 => 0.1), new Map([[-3n, 'x,y,z'], [1_000, 1e-7]]).get(-1)])));
  const v27 = clip(0n);
  let v28 = clip(Array.from(new Set(Array.from('0x1f'))));
  print(show(((BigInt(NaN | 0) + 7n) ^ ((-3n * 255n) - BigInt(Infinity | 0)))));
  print(`v28 ${show(v28)}`);
  print(`v27 ${show(v27)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

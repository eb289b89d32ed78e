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
  const v1 = clip((+((~-2.5) + parseFloat(' 7 '))));
  print(show(new Set(`<${10}|${'null'}>`.split(/\d+/))));
  print(show(((v1).toFixed(3) * Object.values(({ 1: undefined, ['é']: null, b: 0 })).length)));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (('x,y,z' & 1e-7)) {
    l3: for (let i2 = 0; i2 < 2; i2 += 2) {
      tick();
      switch (([].at(-1) && 'é')) {
        case (' 7 ' || true): {
          let v4 = clip(Object.fromEntries(new Map([[null, [true, undefined][2]], [0, [true, 1n, null][0]]])));
          function f5(a6, a7 = 'a', ...r8) {
            tick();
            function f9(a10, a11 = (true ? null : a6), ...r12) {
              tick();
              const f13 = (a14, a15 = 10, ...r16) => {
                tick();
                function f17(a18, a19 = a6, ...r20) {
                  tick();
                  return BigInt.asUintN(59, -3n);
                }
                return a14;
              };
              return a11;
            }
            return a6;
          }
          break;
        }
        case [true, -2.5].join('é'): {
        }
      }
    }
  }
  else {
  }
  print(show(1n));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task21 = async () => {
  print('task 0 step 0');
  await never(1, new Map([[-2.5, 'a'], [-0, undefined]]).get(0.1));
  let v22 = clip('-0'.split('0x1f').toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  let n24 = 0;
  for (const x23 of `<${NaN}|${String(v22)}>`) {
    tick();
    if (++n24 > 6) break;
    let v26 = clip((((!null) && (x23 > '-0')) ? (typeof 0b101).charAt(4) : (isNaN(null) ? `<${x23}|${'😀!'}>` : (1_000).toExponential(4))));
    v26 = clip(v26);
    v26 = clip(String(({ 1: (1e-7 ?? x23), key: x23 })));
    print(show(String(x23).split('-0')));
  }
  let [d27, d28] = [7n, ((p30 = 0n) => 4294967296)(true)];
  [d27, d28] = [d28, d27];
  return false;
};
task21().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

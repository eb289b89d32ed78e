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
  const f1 = (a2, a3 = ((p5 = -3n) => p5)(1_000), ...r4) => {
    tick();
    const f6 = function (a7, a8 = (a3 || a2), ...r9) {
      tick();
      let v10 = clip(Math.min(Math.trunc(Math.fround(10)), a2));
      function f11(a12, a13 = '😀!', ...r14) {
        tick();
        try {
          print(show([].flatMap((x, i) => [i, x]).some(x15 => (NaN < v10) || x15 === -3n)));
          throw new Map([[a2, 1e-7], [255n, 'B']]).get(a12);
        }
        catch (e16) {
          print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
        }
        finally {
          print('finally');
        }
        return a12;
      }
      return a2;
    };
    return f6(new Map([]).get(a3));
  };
  print(show(new Set(String([0n, 1e21]).split(/[^a]/i))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v17 = clip(new Map([[-9007199254740993n, (0.1 << Infinity)]]));
  print(show(v17.set(BigInt.asUintN(59, 12345678901234567890n), 'key').size));
  const f18 = function (a19, a20 = ('' ?? 255), ...r21) {
    tick();
    const v22 = clip(new Map([[a20, (false && false)]]));
    try {
      const f23 = (a24, a25 = ({})?.b, ...r26) => {
        tick();
        let v27 = clip(a24);
        return v17.get('é');
      };
      throw new RangeError(String(JSON.stringify([a19, undefined, ' 7 '], ['a', 'key'])));
    }
    finally {
      print('finally');
    }
    return a20;
  };
  print(show((((-9007199254740993n & -3n) | BigInt(10 | 0)) * ((-9007199254740993n - 1n) + BigInt.asUintN(33, -9007199254740993n)))));
  print(`f18 ${show(f18)}`);
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task28 = async () => {
  print('task 0 step 0');
  const w29 = await new Promise(resolve => resolve(later(2, 'null')));
  print(show(w29));
  let i30 = 0;
  do {
    tick();
    const v31 = clip(BigInt(Math.min((7 & -2.5), new Map([[null, -9007199254740993n]]).get(-2.5)) | 0));
    const v32 = clip(new Set([].toSorted().filter(x33 => /^x|y$/.test('x,y,z') || x33 >= 'a-b')));
  } while (++i30 < 4);
  return (2 || true);
};
task28().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

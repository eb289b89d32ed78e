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
  let v1 = clip('B');
  print(show(((p2 = '') => (((p3 = true) => 2147483647)(7n, p2) ?? v1))()));
  let v4 = clip(({ 0: (true !== 2147483647), a: [null].length }));
  if ([undefined, 0xff].includes(-2.5)) {
    try {
      try {
        print(v1 + show(await { then: (resolve, reject) => later(2, -1).then(resolve) }) + show(await 0b101));
        throw (null || 2);
      }
      catch (e5) {
        print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
      }
    }
    catch (e6) {
      print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
    }
  }
  print(show(((1n / BigInt.asUintN(64, 12345678901234567890n)) + BigInt(v1.length | 0))));
  print(`v4 ${show(v4)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f7(a8, a9 = (null ?? 0xff), ...r10) {
    tick();
    let v11 = clip(a9);
    let n13 = 0;
    for (const x12 of new Set([3, a9])) {
      tick();
      if (++n13 > 6) break;
      print(show(new Set([...[v11], 0xff]).has(`<${'-0'}|${'a-b'}>`)));
      const f15 = (a16, a17 = -1, ...r18) => {
        tick();
        print(show(((p19 = v11) => v11)(`<${a17}|${''}>`)));
        return v11;
      };
    }
    return (1.5 * 1e-7);
  }
  print(show(new Set(`<${3}|${'a-b'}>`.split(/\s*,\s*/))));
  print(`f7 ${show(f7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  await never(0, (true ? 10 : 1.5));
  const f21 = (a22, a23 = (10 && -3n), ...r24) => {
    tick();
    const v25 = clip(new Map([[a22, Object.fromEntries(new Map([[a23, 'null']]))?.[0]], [a22, a23]]));
    r24 = clip(r24);
    print(show(((p26 = NaN) => p26)(a22, (false ? '0x1f' : ' 7 '))));
    return a22;
  };
  try {
  }
  catch (e27) {
    print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
  }
  print('task 0 step 1');
  const w32 = await Promise.resolve(Promise.resolve(later(1, true)).then(x => (print(`c28 ${show(x)}`) ?? later(2, f21())))).finally(() => (print('c29') ?? new Promise((resolve, reject) => reject(['-0', 'a'].at(2))))).then(x => print(`c30 ${show(x)}`), e => print(`c30! ${show(e)}`)).then(x => (print(`c31 ${show(x)}`) ?? later(0, [-3n].at(-1))));
  print(show(w32));
  return [true, undefined][2];
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

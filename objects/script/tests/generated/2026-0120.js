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
    if (({ a: 7n, 1: 'a-b' })?.b) {
      let i1 = 1;
      l2: while (i1-- > 0) {
        tick();
        const v3 = clip(Object.assign({}, ({ ...({ ...({ a: 1, 0: null }), ...({ 1: true, 1: null, 0: '12' }) }), ...Object.fromEntries(new Map([[7n, 'é'], ['B', null]])) }), ({ ['a']: [][1] })));
        let [d4, d5] = [true, 10];
        [d4, d5] = [d5, d4];
        function f7(a8, a9 = (null ?? -0), ...r10) {
          tick();
          let v11 = clip(r10.slice(1, 2));
          return (-3n / -3n);
        }
      }
    }
    else {
    }
  }
  catch (e12) {
    print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Set([].map(x13 => (x13 ?? 1e21)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f14 = function (a15, a16 = ((p18 = 4294967296) => 'a')(-2.5), ...r17) {
    tick();
    const f19 = function (a20, a21 = false, ...r22) {
      tick();
      try {
        r22 = clip(r17);
        r22 = clip(Object.keys(({ b: new Map([]).get('B'), 1: a21, 0: -2.5 })));
        const v23 = clip(new Set(Object.values(({ ...({ 0: undefined, b: 1.5 }), ...({ key: a15, ['B']: null }) }))));
        const v24 = clip(Boolean(a21));
        const f25 = (a26, a27 = ((p29 = 2) => a15)(a21, 1e-7), ...r28) => {
          tick();
          return (v24 ? new Map([[255, a27], ['B', a21]]).get(a26) : '');
        };
        throw a16;
      }
      catch (e30) {
        print(`caught ${show(e30)} ${e30 instanceof TypeError}`);
      }
      return (('a' in ({ key: null })) ? ({ b: 'a' })?.key : (a16 || undefined));
    };
    return a15;
  };
  print(show(parseFloat(String(({ 0: undefined })))));
  print(`f14 ${show(f14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task31 = async () => {
  print('task 0 step 0');
  await later(3, 'a-b');
  let v32 = clip(({}));
  try {
    const v33 = clip([0n]);
    throw new RangeError(String(true));
  }
  catch (e34) {
    print(`caught ${show(e34)} ${e34 instanceof TypeError}`);
  }
  print('task 0 step 1');
  print('é' + show(await Promise.race([Promise.resolve(('é' && 1e21)), E(target).bad(('' || 0xff))])) + show(await 255));
  print('task 0 step 2');
  const w40 = await Promise.any([Promise.resolve(later(2, ((p36 = ' 7 ') => 255)(...['😀!'], undefined))).finally(() => (print('c37') ?? later(1, 'é'))).then(x => (print(`c38 ${show(x)}`) ?? later(2, (null && null)))).then(x => (print(`c39 ${show(x)}`) ?? later(3, (true ? 1n : 7n))))]);
  print(show(w40));
  return '-0';
};
task31().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

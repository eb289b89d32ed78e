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
  function f1(a2, a3 = 'é', ...r4) {
    tick();
    if ((a2 === a2)) throw ({})?.key;
    let v5 = clip(a3);
    return (NaN % -1);
  }
  const v6 = clip(([undefined].length).toFixed(5).replace(/b*?/g, (m, ...more) => `${m}${more.length}`));
  let v7 = clip(new Set([0n].filter(x8 => (!null) || x8 !== 2)));
  let v9 = clip(new Map(Object.entries(Object.fromEntries(new Map([])))));
  print(show(v6));
  print(`v9 ${show(v9)}`);
  print(`v7 ${show(v7)}`);
  print(`v6 ${show(v6)}`);
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    l11: for (let i10 = 0; i10 < 1; i10 += 2) {
      tick();
      let i12 = 0;
      do {
        tick();
        const v13 = clip(new Map(Object.entries(({ ...({}), ...({ a: null }) }))).has(((p14 = 2147483647) => p14)(...[((p15 = 'x,y,z') => p15)(...[4294967296], '')], (true ? 4294967296 : undefined))));
      } while (++i12 < 4);
    }
    throw ({ 1: null, ['null']: undefined })?.[0];
  }
  catch (e16) {
    print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
  }
  print(show(Object.fromEntries(new Map(Object.entries(({ key: '-0' }))))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task17 = async () => {
  print('task 0 step 0');
  await Promise.resolve(Promise.allSettled([later(2, (undefined ?? null))])).then(x => print(`c19 ${show(x)}`), e => print(`c19! ${show(e)}`)).catch(e => (print(`c21 ${show(e)}`) ?? Promise.resolve(later(3, 12345678901234567890n)).finally(() => (print('c22') ?? later(0, 'x,y,z')))));
  try {
    let v23 = clip(({ ...({ ...Object.assign({}, ({}), ({ 0: null, 1: undefined })), ...Object.fromEntries(new Map([])) }), ...({ ['é']: [true][0] }) }));
    print(show(new Map(Object.entries(({ ['0x1f']: 10, [' 7 ']: 'a-b', ['x,y,z']: new Map([[null, 255]]).get(0n) })))));
  }
  catch (e24) {
    print(`caught ${show(e24)} ${e24 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  const w25 = await new Map([]).get('0x1f');
  print(show(w25));
  return 1.5;
};
task17().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  function f1(a2, a3 = 1e-7, ...r4) {
    tick();
    if (/b*?/.test(' 7 '.concat('-0'))) throw a2;
    const v5 = clip(((true ? ' 7 ' : '') + ({ key: a2, a: true, 0: 'é' })?.key).substring(5, 5));
    switch (a3) {
      case 'x,y,z': {
      }
    }
    return a2;
  }
  print(show(new Map([[Infinity, ('a' && 'é')], ['', [].at(3)]])));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (/[a-z]+/.test((3).toExponential(4))) throw '0x1f';
  let [d6, d7] = [7n, 2];
  [d6, d7] = [d7, d6];
  print(show(({ 1: d7, b: 'a-b'.padEnd(9, '-0') })));
  print(`d7 ${show(d7)}`);
  print(`d6 ${show(d6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task9 = async () => {
  print('task 0 step 0');
  await { then: (resolve, reject) => later(2, (null ?? 255n)).then(resolve) };
  l11: for (let i10 = 0; i10 < 1; i10 += 2) {
    const f12 = (x = 1) => `${i10}${typeof x}`;
    tick();
    print(show(({})));
    let v13 = clip(new Set(Object.keys(({ ['é']: undefined, a: 1e-7, b: 2147483647 })).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))));
    const v14 = clip(((0n * i10) >= i10));
  }
  return '😀!';
};
task9().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task15 = async () => {
  print('task 1 step 0');
  await Promise.resolve(Promise.resolve((255 ?? 0n))).catch(e => (print(`c16 ${show(e)}`) ?? Promise.race([later(0, 0.1), later(3, 0)])));
  let v17 = clip(Number.isNaN(false));
  print('' + show(await Promise.resolve(Promise.allSettled([later(3, (v17 ?? undefined)), later(1, 12345678901234567890n), later(3, v17)])).then(x => (print(`c18 ${show(x)}`) ?? new Promise((resolve, reject) => reject(' 7 '))))) + show(await v17));
  await Promise.race([new Promise((resolve, reject) => reject(v17)), Promise.all([later(0, '-0'), later(0, 1e-7), later(2, (false ? undefined : 1))]), Promise.resolve(((p19 = v17) => v17)(1.5))]);
  print('task 1 step 1');
  print('null'.replace(/(\w)(\w)?/, '<$&$1>') + show(await Promise.resolve({ then: (resolve, reject) => later(2, v17).then(resolve) }).finally(() => (print('c20') ?? Promise.all([later(2, Infinity), later(3, (false ? 7 : null)), later(0, v17)])))) + show(await v17));
  print('task 1 step 2');
  print(String(null) + show(await { then: (resolve, reject) => resolve(v17) }) + show(await 255));
  return v17;
};
task15().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

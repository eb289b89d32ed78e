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
  let i1 = 2;
  while (i1-- > 0) {
    tick();
    let n3 = 0;
    for (const x2 of [].concat([]).join('B')) {
      tick();
      if (++n3 > 6) break;
      let n6 = 0;
      for (const x5 of new Set(Array.from('😀!'))) {
        tick();
        if (++n6 > 6) break;
        const w8 = await E(target).slow(x2);
        print(show(w8));
        if ((7 < Math.clz32(1))) continue;
      }
      print(show([x2].filter(x9 => Boolean(3) || x9 >= x2)));
    }
  }
  print(show(new Set([].toSorted())));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d10 = ((p13 = null) => -1)(10), d11, ...d12] = [undefined, 2, 'B'];
  let v14 = clip(String(({ ...Object.fromEntries(new Map([])), ...({ [' 7 ']: 255n, b: NaN, a: '😀!' }) })));
  print(v14 + show(await d10) + show(await 10));
  print(show(d12));
  print(`v14 ${show(v14)}`);
  print(`d11 ${show(d11)}`);
  print(`d10 ${show(d10)}`);
  print(`d12 ${show(d12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task15 = async () => {
  print('task 0 step 0');
  const w17 = await Promise.resolve(later(3, (true && 12345678901234567890n))).then(x => print(`c16 ${show(x)}`), e => print(`c16! ${show(e)}`));
  print(show(w17));
  const v18 = clip(new Map([['-0', 2]]).has((new Map([['a-b', true]]).has(0n) ? new Map([[3, null], ['é', 0b101]]).get('-0') : (null && 'a'))));
  if ([10].filter(x19 => false || x19 === -3n)[2]) {
    if (new Set([true, 1e-7]).has(({})?.[0])) return isNaN(undefined);
    const v20 = clip(BigInt([null].lastIndexOf(((p21 = null) => p21)('x,y,z')) | 0));
    let v22 = clip(new Map([]));
    if (v18) throw new SyntaxError(String([-1, 255]));
  }
  return new Map([[255n, 2], [Infinity, true]]).get(-0);
};
task15().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task23 = async () => {
  print('task 1 step 0');
  const w24 = await Promise.resolve(new Map([]).get(12345678901234567890n));
  print(show(w24));
  const { a: d25 = [1e-7, ''][0], [`k${'ey'}`]: d26, ...d27 } = ({ ['12']: (true ? 0xff : 12345678901234567890n) });
  let v28 = clip([1e21].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  let v29 = clip([d25].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  const f30 = (a31, a32 = [d25, d25, true][1], ...r33) => {
    tick();
    const f34 = (a35, a36 = 0.1, ...r37) => {
      tick();
      return a31;
    };
    return f34(new Map([[null, null], [d26, 255n]]).get(a31));
  };
  print('task 1 step 1');
  print((typeof 2147483647) + show(await Promise.resolve(Promise.any([later(3, d25), later(0, d26), later(0, (d26 ?? '😀!'))])).then(x => (print(`c38 ${show(x)}`) ?? Promise.any([later(0, new Map([]).get(null))]))).then(x => (print(`c39 ${show(x)}`) ?? d26))) + show(await d25));
  return d25;
};
task23().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const [d1 = false, d2, ...d3] = ['0x1f', undefined];
  if ((Boolean(0n) || new Map([['😀!', 12345678901234567890n]]).has(-1))) throw ({ ['-0']: d2, 0: undefined, key: true })?.[1];
  const { a: d4 = d2, [`k${'ey'}`]: d5, ...d6 } = ({ 1: 'null', ['x,y,z']: (false ? d1 : '12'), key: new Map([['', undefined]]).get(d1) });
  print(show(d3));
  let [d7, d8] = [d4, 255n];
  [d7, d8] = [d8, d7];
  print(show(BigInt((d5 / (7 >> 0xff)) | 0)));
  print(`d8 ${show(d8)}`);
  print(`d7 ${show(d7)}`);
  print(`d5 ${show(d5)}`);
  print(`d4 ${show(d4)}`);
  print(`d6 ${show(d6)}`);
  print(`d2 ${show(d2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(Array.from(`<${[undefined, undefined][2]}|${'B'}>`)));
  print(show(BigInt.asUintN(18, (1n + 1n))));
  const v10 = clip(Object.assign({}, Object.fromEntries(new Map([[-2.5, 4294967296]])), Object.fromEntries(new Map([]))));
  print(show(((Number('-0') | 0).toString(12) + ('a-b' + ' 7 '))));
  print(`v10 ${show(v10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task11 = async () => {
  print('task 0 step 0');
  print((false ? 'a-b' : '-0') + show(await new Promise((resolve, reject) => reject((3 ?? null)))) + show(await null));
  const v12 = clip(new Set(Array.from((typeof null))));
  let n15 = 0;
  for (const x14 of Object.keys(({ 1: undefined, ['']: true, ['a-b']: true })).map(x13 => (true ?? Infinity))) {
    tick();
    if (++n15 > 6) break;
    const [d17 = (true ? 0xff : -0), d18, ...d19] = Array.from(String(JSON.stringify(({ b: x14 }), ['a', 'key'])));
    const w20 = await x14;
    print(show(w20));
    let v21 = clip((parseInt('') >= (2147483647 / 0.1)));
    if ([d18, 'x,y,z'].some(x22 => ('null' !== undefined) || x22 !== v21)) return (x14 ?? 'B');
    const v23 = clip(((d17 <= d17) ? (('-0' === x14) ? 'null'.trimEnd() : 'x,y,z') : `<${-3n}|${'x,y,z'}>`.replace(/[^a]/i, '<$&$1>')));
  }
  print('task 0 step 1');
  await Promise.any([Promise.resolve((2147483647 ?? -0)), ({ key: Infinity, key: 'x,y,z', 0: 0 })?.a]);
  print('task 0 step 2');
  print((typeof undefined) + show(await later(0, (10 || true))) + show(await 'é'));
  return 'x,y,z';
};
task11().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task25 = async () => {
  print('task 1 step 0');
  print(('null' + 'a') + show(await { then: (resolve, reject) => reject([4294967296, 1n, undefined][3]) }) + show(await '12'));
  l27: for (let i26 = 0; i26 < 3; i26++) {
    const f28 = (x = 1) => `${i26}${typeof x}`;
    tick();
    let v29 = clip(new Map(Object.entries(({ ...({ 1: 'null' }), ...({ b: '12', ['é']: null }) }))).has(Object.assign({}, ({ b: 'x,y,z', 1: undefined }), ({}))?.[0]));
    print(show(BigInt(i26 | 0)));
    let v30 = clip((BigInt(['0x1f'].lastIndexOf(1) | 0) * ((7n ^ -9007199254740993n) & (-3n | 12345678901234567890n))));
    const v31 = clip(((i26).toExponential(5) + new Map([[undefined, '12']]).get((false ? undefined : 1e21))));
  }
  return '😀!';
};
task25().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task32 = async () => {
  print('task 2 step 0');
  await later(2, '😀!');
  let [d33, d34] = [('a' || undefined), true];
  [d33, d34] = [d34, d33];
  print(show(((p36 = undefined) => ['0x1f'][1])(((p37 = '0x1f') => 7)(' 7 '), `<${d34}|${'-0'}>`)));
  try {
    const v38 = clip((`<${true}|${''}>`.charAt(-2) + [null].flatMap((x, i) => [i, x]).at(1)));
    const f39 = (a40, a41 = 1e-7, ...r42) => {
      tick();
      return a41;
    };
  }
  catch (e43) {
    print(`caught ${show(e43)} ${e43 instanceof TypeError}`);
  }
  print('task 2 step 1');
  print((typeof d34) + show(await never(0, ((p44 = d33) => null)(d33))) + show(await 255));
  print('task 2 step 2');
  print(String(d34) + show(await later(2, d34)) + show(await d33));
  return (true ? d33 : 255);
};
task32().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

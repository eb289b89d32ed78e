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
  let v1 = clip(new Set(Object.values(({})).flatMap((x, i) => [i, x])));
  print(`<${undefined}|${' 7 '}>` + show(await never(3, (true ?? 'a-b'))) + show(await true));
  let n3 = 0;
  for (const x2 of ' 7 '.concat(('0x1f' ?? 0xff))) {
    tick();
    if (++n3 > 6) break;
    v1 = clip(v1);
    let n6 = 0;
    l7: for (const x5 of `<${' 7 '}|${'-0'}>`.split('a')) {
      tick();
      if (++n6 > 6) break;
    }
  }
  print(show(({})));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const [d9 = ((p12 = 'a-b') => 7)(...[255], '0x1f'), d10, ...d11] = [0.1].toReversed();
    let v13 = clip(d11);
    let [d14, d15] = [(0b101 && true), -3n];
    [d14, d15] = [d15, d14];
  }
  finally {
    print('finally');
    if (/\s*,\s*/.test(('é' + undefined))) throw new Error(`<${undefined}|${'😀!'}>`);
    let v17 = clip(BigInt.asUintN(15, BigInt.asUintN(8, (7n - 0n))));
    if (((7 % 2147483647) >= (7 / 1_000))) throw (1.5 && undefined);
    let i18 = 4;
    while (i18-- > 0) {
      tick();
      const v19 = clip((typeof Object.values(({}))[0]));
    }
  }
  print(show(new Set(Object.values(({ 1: 12345678901234567890n, ['']: 'a-b' })).toReversed())));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(((p20 = 'B') => parseFloat('0x1f'))((Infinity * 7))));
  print(show((Number(String('null'))).toFixed(2)));
  let i21 = 3;
  while (i21-- > 0) {
    tick();
    print(String(['B']) + show(await Promise.allSettled([Promise.allSettled([later(2, new Map([]).get(null))])])) + show(await -1));
    try {
      let v22 = clip(new Set(Array.from([].join('é'))));
      print(show(((p23 = null) => ({ key: 0 })?.[0])((true ?? 1n))));
      let n25 = 0;
      for (const [k26, x24] of new Map([[12345678901234567890n, (true || true)], [Infinity, (null ?? undefined)]])) {
        tick();
        if (++n25 > 6) break;
      }
    }
    finally {
      print('finally');
    }
  }
  print(show((!BigInt(-1 | 0))));
  print(`i21 ${show(i21)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task27 = async () => {
  print('task 0 step 0');
  await Promise.resolve(new Promise(resolve => resolve(later(3, 1e21)))).finally(() => (print('c28') ?? later(2, (false ? 'a' : null)))).finally(() => (print('c29') ?? later(0, (0 && 255)))).then(x => (print(`c30 ${show(x)}`) ?? Promise.race([later(2, ((p31 = 0b101) => NaN)(...[0xff], 4294967296)), later(3, '😀!')])));
  for (let i32 = 0; i32 < 4; i32 += 2) {
    tick();
    if (('a' <= (10 ?? 2))) continue;
    const w33 = await later(3, 'null');
    print(show(w33));
    print(show(((p34 = 'x,y,z') => BigInt.asUintN(22, -9007199254740993n))()));
    const v35 = clip(({ a: (('12' !== -2.5) ? [true, 'a-b', null].at(2) : ((p36 = 'é') => p36)(...['é'], '')), key: (true > 0n), 1: (true || true) }));
  }
  for (let i37 = 0; i37 < 1; i37 += 1) {
    const f38 = (x = 1) => `${i37}${typeof x}`;
    tick();
  }
  print('task 0 step 1');
  await Promise.any([never(0, (null ?? NaN)), later(3, new Map([]).get(2147483647)), new Promise((resolve, reject) => reject('é'))]);
  print('task 0 step 2');
  await Promise.resolve({ then: (resolve, reject) => reject([true].at(-2)) }).then(x => (print(`c40 ${show(x)}`) ?? never(1, ['a', '12', 255n].at(3))));
  return ((p41 = '12') => p41)(4294967296, undefined);
};
task27().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task42 = async () => {
  print('task 1 step 0');
  await Promise.resolve(Promise.allSettled([later(0, ({})?.key), later(3, '-0'), later(3, 255n)])).then(x => (print(`c43 ${show(x)}`) ?? new Promise((resolve, reject) => reject(new Map([]).get(-1))))).catch(e => (print(`c44 ${show(e)}`) ?? Promise.resolve('12')));
  let n46 = 0;
  for (const x45 of [].flatMap((x, i) => [i, x]).join(' 7 ')) {
    tick();
    if (++n46 > 6) break;
    let v48 = clip(({ 1: x45, a: ({ ...({}), ...({ 1: -0, a: undefined }) })?.b }));
    const [d49 = ({ a: 0n })?.b, d50, ...d51] = [...Array.from('a'), 1];
  }
  let i52 = 0;
  l53: do {
    tick();
  } while (++i52 < 1);
  print('task 1 step 1');
  const w54 = await new Promise((resolve, reject) => reject(i52));
  print(show(w54));
  print('task 1 step 2');
  const w55 = await Promise.resolve((1n ?? 255));
  print(show(w55));
  return 'a';
};
task42().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task56 = async () => {
  print('task 2 step 0');
  await later(2, (undefined || 3));
  const f57 = (a58, a59 = true, ...r60) => {
    tick();
    let v61 = clip((Math.ceil(3) ^ Infinity));
    print(show(r60.push(a59)));
    let v62 = clip((((-3n % -3n) + BigInt(-2.5 | 0)) & (BigInt(NaN | 0) % (1n * 1n))));
    print(show((~r60.length)));
    const v63 = clip(new Set(Object.values(({ ...({ b: 1, 0: 1_000 }), ...({ b: '' }) }))));
    return a59;
  };
  switch (((!-9007199254740993n) ? (undefined ?? 2147483647) : ({ ['null']: -9007199254740993n, ['a-b']: undefined })?.[0])) {
    default: {
    }
    case (false ? 'a-b' : 'B'): {
      break;
    }
    case ('null' + 'null'): {
    }
  }
  print('task 2 step 1');
  await [7].at(2);
  print('task 2 step 2');
  await later(3, (true ? '12' : true));
  return 7n;
};
task56().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip((12345678901234567890n * ((0n / 0n) * (-9007199254740993n % 12345678901234567890n))));
  print(show(new Map([[0, [][2]]])));
  const v2 = clip([1e21, -0].filter(x3 => new Set([-1, 'B', '0x1f']).has(x3) || x3 >= Infinity));
  const v4 = clip(new Map([]));
  const f5 = (a6, a7 = new Map([[1, '12']]).get(NaN), ...r8) => {
    tick();
    const v9 = clip(new Set(r8));
    let [d10, d11] = [a7, a7];
    [d10, d11] = [d11, d10];
    return d11;
  };
  print(show((Boolean(3) && (v4.get('😀!') !== v2.at(1)))));
  print(`f5 ${show(f5)}`);
  print(`v4 ${show(v4)}`);
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v13 = clip(/[^a]/i.test(`<${((p14 = '-0') => 2147483647)('-0')}|${String([0xff, 2147483647])}>`));
  try {
    print(show([undefined, -3n, -1]));
    let i15 = 0;
    do {
      tick();
    } while (++i15 < 3);
  }
  catch (e16) {
    print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
  }
  print(show((BigInt((7 - 2147483647) | 0) ^ (7n + 12345678901234567890n))));
  print(`v13 ${show(v13)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task17 = async () => {
  print('task 0 step 0');
  print((0.1).toPrecision(7) + show(await Promise.any([{ then: (resolve, reject) => later(2, NaN).then(resolve) }, Promise.allSettled([later(2, 0.1)])])) + show(await undefined));
  if (((1_000 === true) || (NaN < -2.5))) throw new TypeError(`<${-9007199254740993n}|${'x,y,z'}>`);
  try {
    const v18 = clip([255, 7, 1e-7]);
    print(show(((p19 = true) => new Map([['-0', 255n]]).get(({})?.[1]))(('B' * 2147483647))));
    print(show(new Map([[Infinity, Object.values(({ ['12']: '-0', b: null }))[0]], ['-0', ([].includes(undefined) ? 2 : new Map([[1, 'é']]).get(NaN))]])));
    throw new RangeError(`<${'é'}|${'😀!'}>`);
  }
  catch (e20) {
    print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
    const v21 = clip(Math.min((~[1.5, true].indexOf(255)), parseFloat('')));
  }
  print('task 0 step 1');
  print(`<${undefined}|${''}>` + show(await later(3, ({})?.a)) + show(await 0));
  print('task 0 step 2');
  print(`<${undefined}|${'a-b'}>` + show(await Promise.all([Promise.race([later(2, 1_000), later(1, (false ? 12345678901234567890n : 1.5))]), Promise.allSettled([later(3, ('a' ?? '-0')), later(1, '😀!'), later(2, 1e-7)])])) + show(await 7n));
  return false;
};
task17().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task22 = async () => {
  print('task 1 step 0');
  print(`<${true}|${'a-b'}>` + show(await { then: (resolve, reject) => reject((1_000 || undefined)) }) + show(await 0n));
  try {
    let v23 = clip(({ ...Object.assign({}, ({ ...({ key: 'B', b: 'é' }), ...({}) }), ({ ...({}), ...({}) })), ...({ ...Object.fromEntries(new Map([[null, 'é']])), ...({ b: null }) }) }));
    const f24 = (a25, a26 = [undefined].at(0), ...r27) => {
      tick();
      if (((255n === true) && /^x|y$/.test('0x1f'))) throw 0n;
      print(show(((p28 = 0n) => (undefined >= a26))(...[v23?.a], Boolean(a25))));
      let [d29, d30] = [a26, a26];
      [d29, d30] = [d30, d29];
      return (((p32 = a25) => undefined)(...[0], -2.5) ?? [null, a26, a25].at(2));
    };
  }
  catch (e33) {
    print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
  }
  print('task 1 step 1');
  const w38 = await new Promise(resolve => resolve(Promise.resolve(later(3, ((p34 = 1) => p34)())).finally(() => (print('c35') ?? later(3, new Map([]).get(' 7 ')))).finally(() => (print('c36') ?? later(2, ('-0' || 'é')))).catch(e => (print(`c37 ${show(e)}`) ?? later(1, 1_000)))));
  print(show(w38));
  print('task 1 step 2');
  const w39 = await Promise.resolve(false);
  print(show(w39));
  return (undefined ?? null);
};
task22().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

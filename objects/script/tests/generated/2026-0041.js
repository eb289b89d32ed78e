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
  const v1 = clip('x,y,z'.substring(-1, 4).length);
  let n3 = 0;
  for (const [k4, x2] of new Map([[-0, (false ? v1 : 1e-7)], ['12', v1]])) {
    tick();
    if (++n3 > 6) break;
    if (([][3] > -1)) continue;
    let v5 = clip(new Map([]));
    print(show([].filter(x6 => false || x6 >= 7n).toSorted().indexOf((~-1))));
    v5 = clip(v5);
    try {
      let n8 = 0;
      l9: for (const x7 of (typeof [undefined, 0xff, v1][0])) {
        tick();
        if (++n8 > 6) break;
        let v11 = clip([].toReversed().map(x12 => ('a' || k4)).every(x13 => [].some(x14 => false || x14 !== x7) || x13 >= -2.5));
      }
      throw new SyntaxError('null');
    }
    catch (e15) {
      print(`caught ${show(e15)} ${e15 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(`<${'é'}|${'x,y,z'}>`.concat(v1).charAt(-3)));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const v16 = clip(['0x1f'].findIndex(x17 => /b*?/.test('B') || x17 < '0x1f'));
    try {
      const [d18 = ((p21 = 0.1) => ' 7 ')(...[7n], 'a'), d19, ...d20] = [].toSorted();
      const f22 = function (a23, a24 = d19, ...r25) {
        tick();
        return v16;
      };
    }
    catch (e26) {
      print(`caught ${show(e26)} ${e26 instanceof TypeError}`);
    }
    throw new Error('é'.concat(1e-7));
  }
  finally {
    print('finally');
  }
  print(show(('12'.concat('a') + [-1, null, 'é'].at(-1))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    const f27 = (a28, a29 = (0 ?? 1n), ...r30) => {
      tick();
      const v31 = clip(r30[2]);
      let v32 = clip(BigInt.asUintN(37, (-3n + (7n ^ 7n))));
      let i33 = 3;
      while (i33-- > 0) {
        tick();
        const [d34 = a28, d35, ...d36] = r30;
        const v37 = clip((((1.5 + 1_000) - Math.max(0, 0)) >> [].length));
      }
      return ((p38 = true) => false)((a28 ?? undefined), (a29 ?? v31));
    };
    throw 0.1;
  }
  finally {
    print('finally');
  }
  print(show(12345678901234567890n));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task39 = async () => {
  print('task 0 step 0');
  await Promise.race([never(3, new SyntaxError(String(JSON.stringify([255, null, true], ['a', 'key'])))), Promise.resolve(''), Promise.race([later(3, (null ?? 1.5)), later(0, ['a-b', 2, true][1])])]);
  let n42 = 0;
  l43: for (const x41 of new Set(Array.from(new Set([null, true])))) {
    tick();
    if (++n42 > 6) break;
    if ((x41 === x41)) break l43;
    let v45 = clip(`<${'B'}|${'a'}>`.split(/\d+/).join('12'));
  }
  let v46 = clip(Object.keys(({ key: 10 })).flatMap((x, i) => [i, x]));
  print('task 0 step 1');
  const w49 = await Promise.resolve(never(3, new TypeError([0, 1.5].join(' 7 ')))).finally(() => (print('c47') ?? new Promise(resolve => resolve(later(1, 'null')))));
  print(show(w49));
  print('task 0 step 2');
  const w50 = await { then: (resolve, reject) => resolve(0n) };
  print(show(w50));
  return (true ? '12' : 1_000);
};
task39().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task51 = async () => {
  print('task 1 step 0');
  print(`<${' 7 '}|${'a'}>` + show(await Promise.resolve(E(target).slow((7n || 'B'))).then(x => (print(`c52 ${show(x)}`) ?? 10)).catch(e => (print(`c53 ${show(e)}`) ?? Promise.resolve(255n)))) + show(await '-0'));
  let i54 = 2;
  while (i54-- > 0) {
    tick();
    const v55 = clip(({}));
    const v56 = clip(((BigInt(255 | 0) % BigInt.asUintN(45, 7n)) & (BigInt(NaN | 0) | (12345678901234567890n | 0n))));
    function f57(a58, a59 = '', ...r60) {
      tick();
      return (a58 && '12');
    }
  }
  return true;
};
task51().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task61 = async () => {
  print('task 2 step 0');
  print('é'.replace(/\d+/, '<$&$1>') + show(await Promise.allSettled([never(1, new RangeError([-3n, undefined].join('B'))), Promise.resolve(later(2, (true ? 'null' : '-0'))).finally(() => (print('c62') ?? later(1, (true ? 1.5 : 0.1)))), Promise.resolve(later(0, (undefined || 0n))).then(x => (print(`c63 ${show(x)}`) ?? later(0, 1.5))).then(x => (print(`c64 ${show(x)}`) ?? later(0, new Map([[1n, 1.5]]).get(-0)))).then(x => print(`c65 ${show(x)}`), e => print(`c65! ${show(e)}`))])) + show(await 'x,y,z'));
  try {
    const { a: d66 = '', [`k${'ey'}`]: d67, ...d68 } = ({ b: 4294967296, 1: ({ 1: 'B', b: true, 1: 2 })?.[0] });
    await later(3, '0x1f');
    throw 2;
  }
  catch (e69) {
    print(`caught ${show(e69)} ${e69 instanceof TypeError}`);
    await Promise.resolve(Promise.race([later(0, 'a'), later(1, new Map([[null, 'é'], [true, Infinity]]).get(1e21)), later(3, '0x1f')])).then(x => (print(`c70 ${show(x)}`) ?? ''));
  }
  finally {
    print('finally');
  }
  return (false ? 3 : 'null');
};
task61().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  if ((('x,y,z' * -2.5) === (+-0))) throw new Error(String(JSON.stringify(({ a: 1e21, 1: 255, b: 3 }))));
  function f1(a2, a3 = (255 ?? 'B'), ...r4) {
    tick();
    const v5 = clip(isNaN(((!null) ? a3 : 'B')));
    switch (1n) {
      case (Infinity + 2): {
        const v6 = clip(a3);
        print(show(((p7 = '😀!') => Math.clz32(1_000))(a3)));
        let [d8, d9] = [new Map([[v6, '12']]).get(255), a3];
        [d8, d9] = [d9, d8];
        const f11 = (a12, a13 = '', ...r14) => {
          tick();
          return d8;
        };
      }
    }
    return (v5 ? (undefined ?? a2) : ({ b: 'a-b', a: a3, 0: 2 })?.key);
  }
  print(show(BigInt((+(10 << 1_000)) | 0)));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f15 = (a16, a17 = false, ...r18) => {
    tick();
    let i19 = 1;
    while (i19-- > 0) {
      tick();
      const f20 = function (a21, a22 = a16, ...r23) {
        tick();
        function f24(a25, a26 = true, ...r27) {
          tick();
          if ((a17 > ({ 1: 0b101 })?.a)) throw a21;
          const f28 = function (a29, a30 = 2147483647, ...r31) {
            tick();
            print(show(new Map([[null, Object.fromEntries(new Map([[a17, a29], [undefined, undefined]]))?.[0]]])));
            return (({ 0: a22, 0: a26 })?.[0] ?? a16);
          };
          return a26;
        }
        return a17;
      };
    }
    return a16;
  };
  print(show(new Set([7n, 'null'])));
  print(`f15 ${show(f15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v32 = clip(parseInt((typeof ({ a: true })?.[0])));
  const { a: d33 = 'null', [`k${'ey'}`]: d34, ...d35 } = ({});
  print(show(new Set([...[d34, d34, d33], new Map([['a-b', 1.5], [255, d34]]).get(true)])));
  print(`d34 ${show(d34)}`);
  print(`d33 ${show(d33)}`);
  print(`d35 ${show(d35)}`);
  print(`v32 ${show(v32)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task36 = async () => {
  print('task 0 step 0');
  await ((p37 = true) => undefined)();
  const v38 = clip(((BigInt.asUintN(18, 255n) ^ 7n) * BigInt.asUintN(53, (255n & 0n))));
  const v39 = clip([undefined, null].flatMap((x, i) => [i, x]).concat(['-0', -0].toReversed().filter(x40 => [].includes(undefined) || x40 === ' 7 ')));
  let v41 = clip((Math.max((true ? 3 : 2147483647), v39[0]) - parseInt(v39.join('a-b'))));
  if (((false ? -9007199254740993n : null) ?? ((p42 = true) => p42)(...[0], 7n))) {
    let v43 = clip(new Set([]));
    let v44 = clip(({ key: ['-0'][1], key: 1.5, 0: -3n })?.a);
  }
  print('task 0 step 1');
  const w45 = await E(target).echo(v41);
  print(show(w45));
  print('task 0 step 2');
  await Promise.any([Promise.resolve(later(1, 0n)).then(x => (print(`c46 ${show(x)}`) ?? later(1, false))).catch(e => (print(`c47 ${show(e)}`) ?? later(0, ({})?.a))).catch(e => (print(`c48 ${show(e)}`) ?? later(3, new Map([]).get('a'))))]);
  return [][2];
};
task36().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task49 = async () => {
  print('task 1 step 0');
  const w50 = await new Promise(resolve => resolve(later(2, -3n)));
  print(show(w50));
  try {
    print(show(((p51 = '😀!') => 2147483647)((255 / 4294967296), (1_000 || 0b101))));
    const [d52 = ({ 0: undefined })?.[0], d53, ...d54] = [];
    if (Number.isNaN((1 ?? 0n))) return d52;
    const v55 = clip((Number.isInteger('😀!') ? '' : d52));
    let v56 = clip(new Set([...d54, (d52 ?? '0x1f')]));
    throw v55;
  }
  catch (e57) {
    print(`caught ${show(e57)} ${e57 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  print((true ? 'B' : '-0') + show(await { then: (resolve, reject) => reject(({ ['x,y,z']: 'null' })?.[0]) }) + show(await 1.5));
  return (false ? undefined : 4294967296);
};
task49().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

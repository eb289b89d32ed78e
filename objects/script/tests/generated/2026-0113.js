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
  let n2 = 0;
  for (const [k3, x1] of new Map([[1e21, 10], ['0x1f', new Map([[true, 'a-b']]).get(-1)]])) {
    tick();
    if (++n2 > 6) break;
    let v4 = clip([k3, k3, 'é']);
    const v5 = clip(new Map([['-0', k3]]).get(k3));
    for (let i6 = 0; i6 < 1; i6 += 1) {
      tick();
      if (k3) {
        print(show(v4.push(v5)));
        print(show(i6));
        const v7 = clip(v4.map(x8 => x1).at(0));
      }
      if ([255n, v5].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).every(x9 => ('0' in ({ b: v5, b: '0x1f' })) || x9 < 1e21)) break;
    }
  }
  print(show(Object.keys(({ a: 1_000, b: 1.5 })).concat([]).filter(x10 => new Map([[undefined, undefined]]).has(x10) || x10 >= 'null')));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  for (let i11 = 0; i11 < 3; i11++) {
    const f12 = (x = 1) => `${i11}${typeof x}`;
    tick();
    if ((i11 < (- -1))) break;
    switch (((true ? '12' : ' 7 ') ?? f12())) {
      case (typeof -2.5): {
        switch (((!'12') ? ['0x1f'][2] : 10)) {
          case 'é': {
            const v13 = clip(Math.round(10));
            await Promise.resolve(Promise.race([later(3, ('x,y,z' || 12345678901234567890n))])).then(x => print(`c14 ${show(x)}`), e => print(`c14! ${show(e)}`)).then(x => (print(`c15 ${show(x)}`) ?? later(1, '😀!'))).then(x => print(`c16 ${show(x)}`), e => print(`c16! ${show(e)}`));
            print(show(f12(v13, ((true ? 'a-b' : 1e-7) || i11))));
            break;
          }
          case [].lastIndexOf(12345678901234567890n): {
            print(show(f12()));
            const w18 = await Promise.any([Promise.race([later(0, (undefined ?? undefined)), later(1, Infinity)])]);
            print(show(w18));
            break;
          }
          default: {
          }
          case ({})?.b: {
          }
        }
        break;
      }
      case 'a': {
      }
    }
  }
  print(show([2]));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task19 = async () => {
  print('task 0 step 0');
  await new Promise(resolve => resolve(Promise.resolve(later(0, 7n)).finally(() => (print('c20') ?? later(1, (0b101 ?? 'x,y,z')))).then(x => (print(`c21 ${show(x)}`) ?? later(1, ({ b: null, 1: 7n, ['0x1f']: true })?.b)))));
  let v22 = clip((/b*?/.test('x,y,z') === ((false ? 1_000 : 1.5) && 255)));
  function f23(a24, a25 = [][3], ...r26) {
    tick();
    const v27 = clip((((2147483647 >= 7) ? Number(' 7 ') : Math.ceil(-0)) < [a24].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).findIndex(x28 => v22 || x28 === -2.5)));
    if ([a24, a25, 7].filter(x29 => false || x29 !== 1).includes(12345678901234567890n)) throw new TypeError(' 7 ');
    const v30 = clip([0.1]);
    return ({ a: 0n })?.[1];
  }
  let v31 = clip(BigInt.asUintN(13, (BigInt(3 | 0) & (12345678901234567890n | 7n))));
  print('task 0 step 1');
  print((typeof undefined) + show(await f23(0xff)) + show(await 4294967296));
  print(show(`<${0.1}|${(typeof 0)}>`));
  print('task 0 step 2');
  print((-1).toPrecision(11) + show(await E(target).bad(new Map([[7, -0], ['x,y,z', 7]]).get(true))) + show(await '12'));
  return 0;
};
task19().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task32 = async () => {
  print('task 1 step 0');
  print((typeof true) + show(await Promise.race([{ then: (resolve, reject) => resolve(((p33 = 7n) => '-0')(true, -3n)) }, Promise.resolve(later(3, ((p34 = 'a') => 1e21)(undefined))).then(x => (print(`c35 ${show(x)}`) ?? later(0, (false ? 0 : 1e21))))])) + show(await -9007199254740993n));
  const v36 = clip(BigInt(parseFloat(String(({ ['a']: -3n }))) | 0));
  const { a: d37 = ({ 0: 7n })?.[0], [`k${'ey'}`]: d38, ...d39 } = Object.assign({}, ({ key: 0b101, a: 1e-7, a: '12' }), Object.assign({}, ({}), ({ a: -9007199254740993n, b: 'a' })));
  const f40 = (a41, a42 = d37, ...r43) => {
    tick();
    const { a: d44 = a41, [`k${'ey'}`]: d45, ...d46 } = d39;
    const f47 = function (a48, a49 = d38, ...r50) {
      tick();
      return d38;
    };
    return (v36 ?? 2147483647);
  };
  return (0 ?? d38);
};
task32().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task51 = async () => {
  print('task 2 step 0');
  await Promise.race([Promise.resolve(later(0, ('a-b' && undefined))).then(x => print(`c52 ${show(x)}`), e => print(`c52! ${show(e)}`))]);
  if (Boolean(' 7 ')) throw ('x,y,z' && 'é');
  let n54 = 0;
  for (const [k55, x53] of new Map([])) {
    tick();
    if (++n54 > 6) break;
    const v56 = clip(new Set(['a']));
    let v57 = clip(new Map([]));
    const v58 = clip(new Map(Object.entries(({}))));
  }
  print('task 2 step 1');
  await Promise.all([Promise.resolve(later(0, -9007199254740993n)).then(x => (print(`c59 ${show(x)}`) ?? later(3, ((p60 = 'a-b') => p60)(...[''], 0)))).catch(e => (print(`c61 ${show(e)}`) ?? later(3, '-0'))), never(3, new TypeError(('😀!' + '😀!'))), { then: (resolve, reject) => resolve(true) }]);
  return ((p62 = 1e21) => true)(3, undefined);
};
task51().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

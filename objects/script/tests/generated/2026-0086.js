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
  const f1 = function (a2, a3 = true, ...r4) {
    tick();
    let i5 = 0;
    do {
      tick();
      const v6 = clip(({ ...({ b: 4294967296, 0: ((p7 = undefined) => a2)(' 7 ') }), ...Object.assign({}, ({ ['0x1f']: a3, 1: 255, 0: '0x1f' }), ({})) }));
      if (new Set(r4).has(-3n)) break;
      print(show(new Map([['a', new Map(Object.entries(({}))).get(a3)], [-9007199254740993n, parseInt('a-b')]])));
    } while (++i5 < 3);
    const f8 = function (a9, a10 = true, ...r11) {
      tick();
      if ((a10 < (a10 || Infinity))) return a10;
      print(show(r4.push(a9)));
      return a10;
    };
    return BigInt(1e-7 | 0);
  };
  print(show(`<${parseFloat('-0')}|${`<${'0x1f'}|${'12'.charAt(-1)}>`}>`));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f12 = (a13, a14 = (NaN && null), ...r15) => {
    tick();
    let n17 = 0;
    l18: for (const x16 of (r15.join('a') + a13)) {
      tick();
      if (++n17 > 6) break;
      if (Object.assign({}, ({}), ({ ['B']: '-0', 1: a13 }))?.b) {
        print(show([a14]));
        const f20 = function (a21, a22 = 1e21, ...r23) {
          tick();
          print(show(r15.fill(Object.assign({}, ({ b: -0 }), ({ 0: a13 }))?.a, 1)));
          const f24 = (a25, a26 = ' 7 ', ...r27) => {
            tick();
            return a22;
          };
          return a22;
        };
      }
    }
    return a13;
  };
  print(show(255n));
  print(`f12 ${show(f12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const [d28 = 0b101, d29, ...d30] = ' 7 '.slice(-2).split(/(\w)(\w)?/);
  print(show(d30.fill((0.1 || false), 0)));
  let i31 = 0;
  do {
    tick();
    const v32 = clip(new Set(d30.concat(d30)));
    print(show(new Set(d30)));
    try {
    }
    catch (e33) {
      print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
    }
  } while (++i31 < 2);
  print(show(new Map([[7, (255n && ({ a: 0xff, 1: 3, a: undefined })?.key)], [d29, d29]])));
  print(`i31 ${show(i31)}`);
  print(`d29 ${show(d29)}`);
  print(`d28 ${show(d28)}`);
  print(`d30 ${show(d30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const [d34 = (null ?? undefined), d35, ...d36] = [...[0b101, 'é', 7n].filter(x37 => false || x37 !== 0), 0];
  const v38 = clip((BigInt(parseFloat('x,y,z') | 0) | (7n - BigInt(1.5 | 0))));
  const v39 = clip(0b101);
  try {
    await never(2, new Error(' 7 '));
  }
  catch (e40) {
    print(`caught ${show(e40)} ${e40 instanceof TypeError}`);
  }
  print(show(new Set(d36.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).concat([...[d35, true, undefined], 'a']))));
  print(`v39 ${show(v39)}`);
  print(`v38 ${show(v38)}`);
  print(`d35 ${show(d35)}`);
  print(`d34 ${show(d34)}`);
  print(`d36 ${show(d36)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task41 = async () => {
  print('task 0 step 0');
  await E(target).bad((' 7 ' && 255n));
  const f42 = function (a43, a44 = -1, ...r45) {
    tick();
    print(show(new Map([])));
    let v46 = clip(BigInt.asUintN(61, ((255n ^ 0n) - BigInt.asUintN(8, -3n))));
    return a43;
  };
  const f47 = function (a48, a49 = (1_000 || 1e21), ...r50) {
    tick();
    return ({})?.a;
  };
  print('task 0 step 1');
  await Promise.resolve(Promise.resolve((null ?? 'a'))).finally(() => (print('c51') ?? Promise.race([later(0, ({})?.[0])]))).catch(e => (print(`c52 ${show(e)}`) ?? never(0, new TypeError(String(({})))))).finally(() => (print('c53') ?? Promise.resolve(later(2, f47(...[true], null))).finally(() => (print('c54') ?? later(2, '12'))).then(x => (print(`c55 ${show(x)}`) ?? later(1, 'B')))));
  return new Map([[true, true]]).get('😀!');
};
task41().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task56 = async () => {
  print('task 1 step 0');
  await Promise.all([later(2, new Map([]).get(-0)), Promise.allSettled([later(3, ((p57 = 'B') => p57)())]), Promise.resolve(later(2, (' 7 ' && '😀!'))).finally(() => (print('c58') ?? later(0, new Map([[1e21, 2147483647]]).get('é')))).catch(e => (print(`c59 ${show(e)}`) ?? later(0, ({ key: '0x1f' })?.key))).catch(e => (print(`c60 ${show(e)}`) ?? later(3, (true ? true : 10))))]);
  try {
    const v61 = clip(new Set([]));
    let v62 = clip((BigInt.asUintN(47, (255n ^ 7n)) + BigInt(3 | 0)));
    print(('null' + null) + show(await Promise.resolve(never(0, new TypeError(('x,y,z' + null)))).finally(() => (print('c63') ?? Promise.resolve(((p64 = 'a') => null)())))) + show(await '😀!'));
  }
  catch (e65) {
    print(`caught ${show(e65)} ${e65 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  await Promise.all([Promise.resolve(4294967296), [][3], -9007199254740993n]);
  return (true ? 3 : 255);
};
task56().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task66 = async () => {
  print('task 2 step 0');
  const w67 = await Promise.resolve(false);
  print(show(w67));
  print(show((/[^a]/i.test((typeof 'é')) || /[a-z]+/.test('null'))));
  await { then: (resolve, reject) => reject(true) };
  const v68 = clip(Object.assign({}, ({ b: ((p69 = null) => '0x1f')(), b: 'x,y,z', b: ((p70 = -2.5) => 1e21)(1.5) }), Object.fromEntries(new Map([[undefined, 10]]))));
  print('task 2 step 1');
  await later(2, -1);
  print('task 2 step 2');
  await { then: (resolve, reject) => resolve('x,y,z') };
  return '0x1f';
};
task66().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

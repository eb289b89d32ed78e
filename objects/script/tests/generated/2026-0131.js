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
  if ('a'.concat(7)) {
    const v1 = clip((((!undefined) ? [1.5, null, 0.1].join('😀!') : `<${1.5}|${'12'}>`) + (({ 1: -3n })?.key && (false ? '0x1f' : 2147483647))));
    let v2 = clip(Object.assign({}, ({ ...Object.assign({}, ({ b: null, ['null']: 'null' }), ({ b: true })), ...({}) }), Object.assign({}, ({ ['12']: 'a-b', 1: undefined, b: true }), ({ ['é']: -9007199254740993n }))));
    let v3 = clip(Object.keys(v2));
  }
  else {
    const f4 = function (a5, a6 = true, ...r7) {
      tick();
      return BigInt.asUintN(36, 255n);
    };
  }
  print(show(new Set(['0x1f', null, 0].toReversed())));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f8(a9, a10 = [null, 3, undefined][0], ...r11) {
    tick();
    try {
      const v12 = clip(new Map([]));
      let [d13, d14] = [({ ['0x1f']: '-0', a: a10, 1: a9 })?.b, a10];
      [d13, d14] = [d14, d13];
      const f16 = function (a17, a18 = 0b101, ...r19) {
        tick();
        let [d20, d21] = [d14, 1e-7];
        [d20, d21] = [d21, d20];
        return (({ 0: '' })?.key || (12345678901234567890n ?? 10));
      };
    }
    catch (e23) {
      print(`caught ${show(e23)} ${e23 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return a9;
  }
  print(show((~(+[undefined, -1, undefined].length))));
  print(`f8 ${show(f8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (({})?.[1]) {
    let i24 = 2;
    l25: while (i24-- > 0) {
      tick();
      function f26(a27, a28 = '12', ...r29) {
        tick();
        const v30 = clip(BigInt(((3 - 7) >> (+0.1)) | 0));
        const v31 = clip(v30);
        return ({ ...({ 1: 2 }), ...({ b: 0b101, key: 7n }) })?.[0];
      }
      const f32 = (a33, a34 = new Map([[undefined, 'x,y,z']]).get(1e-7), ...r35) => {
        tick();
        for (let i36 = 0; i36 < 2; i36 += 1) {
          tick();
          const v37 = clip(i36);
          let v38 = clip((/\s*,\s*/.test(r35.join(' 7 ')) && (!a34)));
        }
        return (0.1 / 1e-7);
      };
    }
  }
  print(show(new Map(Object.entries(({ b: '-0' })))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task39 = async () => {
  print('task 0 step 0');
  print(`<${2147483647}|${''}>` + show(await Promise.resolve(never(1, new Map([]).get(12345678901234567890n))).then(x => print(`c40 ${show(x)}`), e => print(`c40! ${show(e)}`))) + show(await -9007199254740993n));
  if ((0 - -2.5)) {
    const v41 = clip((((false ? true : '😀!') || ['x,y,z', 2147483647, 'x,y,z'][3]) ?? (0n & 7)));
    print(show(Object.fromEntries(new Map(Object.entries(Object.assign({}, ({}), ({ 1: 1.5 })))))));
    let v42 = clip(new Map([]));
    print(show(((p43 = null) => p43)()));
  }
  return [].at(-1);
};
task39().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task44 = async () => {
  print('task 1 step 0');
  print((false ? 'B' : ' 7 ') + show(await never(1, (10 && 'null'))) + show(await true));
  function f45(a46, a47 = (false ? true : undefined), ...r48) {
    tick();
    r48 = clip([...Object.values(({ 0: a47 })), (-9007199254740993n ^ 0n)]);
    a46 &&= clip(new Map([]).get((true ? 1 : a46)));
    return new Map(Object.entries(({ 0: a47, a: a46, 1: 'a' }))).get(({ a: 10, key: null, 0: undefined })?.b);
  }
  print('task 1 step 1');
  await Promise.resolve(2);
  print('task 1 step 2');
  const w49 = await later(0, 7);
  print(show(w49));
  return (false ? 1_000 : NaN);
};
task44().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task50 = async () => {
  print('task 2 step 0');
  await { then: (resolve, reject) => reject(0.1) };
  for (let i51 = 0; i51 < 4; i51++) {
    const f52 = (x = 1) => `${i51}${typeof x}`;
    tick();
    print(show(new Map([['', f52()], [-9007199254740993n, BigInt(7 | 0)]])));
    const [d53 = ({})?.b, d54, ...d55] = [undefined, -0];
    const v56 = clip(String(JSON.stringify(Object.values(Object.assign({}, ({ key: 'x,y,z', b: d54 }), ({ key: 12345678901234567890n, 0: 'B' }))))));
  }
  let v57 = clip(new Map(Object.entries(({ 0: (false ? undefined : 7) }))));
  const f58 = function (a59, a60 = new Map([]).get(true), ...r61) {
    tick();
    print(show((Number.isInteger(((p62 = 1e-7) => a59)(true)) ? (true ? 'a-b' : '0x1f').charAt(1) : ('x,y,z'.length | 0).toString(27))));
    return BigInt(0xff | 0);
  };
  print('task 2 step 1');
  print('a'.padEnd(7, 'a-b') + show(await Promise.resolve(Promise.resolve(later(0, ('a-b' ?? '12'))).then(x => (print(`c63 ${show(x)}`) ?? later(3, [null][1]))).catch(e => (print(`c64 ${show(e)}`) ?? later(2, [undefined][0]))).finally(() => (print('c65') ?? later(0, -2.5)))).then(x => (print(`c66 ${show(x)}`) ?? never(3, ' 7 '))).then(x => print(`c67 ${show(x)}`), e => print(`c67! ${show(e)}`)).finally(() => (print('c68') ?? Promise.resolve(later(2, (true ? 0xff : 0.1))).catch(e => (print(`c69 ${show(e)}`) ?? later(0, f58())))))) + show(await -0));
  print('task 2 step 2');
  print((typeof 'é') + show(await never(3, new Error('a'))) + show(await true));
  return ('null' ?? 'a-b');
};
task50().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

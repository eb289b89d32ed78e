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
  const v1 = clip(((p2 = 'null') => ((p3 = 0n) => ((p4 = p3) => 'x,y,z')(p2))(p2, ({ 0: p2, ['12']: 1e-7, key: 1 })?.a))(((p5 = 3) => p5)(({ 0: undefined })?.[1])));
  const v6 = clip(('12' || v1));
  print(show(2147483647));
  print(`v6 ${show(v6)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v7 = clip(new Set([0, -1, Infinity]));
  v7 = clip(new Set([1n].toSorted()));
  print(show(({ ...({ ['-0']: 0n }), ...Object.fromEntries(new Map([[undefined, 'é'], ['a-b', ' 7 ']])) })));
  print(`v7 ${show(v7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (((false ? 7n : '0x1f') ?? 255)) {
    case ' 7 '.length: {
      function f8(a9, a10 = (false ? -1 : 0), ...r11) {
        tick();
        const v12 = clip(BigInt.asUintN(66, BigInt.asUintN(28, (7n & 0n))));
        if (((7 < 1e21) || ('key' in ({})))) return a10;
        print(show(([1e-7, 0xff, a10].indexOf(0b101) + Math.max((true ? 0xff : 0.1), a10))));
        switch ('a'.toString()) {
          case 'a'.repeat(1): {
            if (/\d+/.test(('x,y,z' + a9))) return a9;
          }
          case (- 1): {
            break;
          }
          case `<${true}|${'12'}>`: {
          }
        }
        return ((p13 = a9) => p13)(...[255], (true ? 12345678901234567890n : 'a-b'));
      }
    }
  }
  print(show(0n));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v14 = clip(new Map([]));
  let n16 = 0;
  for (const x15 of new Set(Object.values(({ 1: 255n, ['B']: ' 7 ' })))) {
    tick();
    if (++n16 > 6) break;
    const v18 = clip(new Set(Object.values(({ 1: 1_000, ['12']: '' })).map(x19 => ((p20 = 'x,y,z') => p20)('é'))));
    let n22 = 0;
    for (const [k23, x21] of v14) {
      tick();
      if (++n22 > 6) break;
      print(show(v18.add(String(({ [' 7 ']: x15, 0: x15, key: x21 }))).size));
      if (((p24 = 7n) => (true ? null : 'a-b'))((7 || ''))) {
      }
      else {
      }
    }
  }
  print(show((7 % 0.1)));
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  const w26 = await Promise.race([later(0, ('a-b' && true)), later(0, ({})?.b)]);
  print(show(w26));
  let n29 = 0;
  for (const x28 of new Set([255n, null].map(x27 => undefined))) {
    tick();
    if (++n29 > 6) break;
    let v31 = clip((([-3n, x28].length + (0xff % 1)) / ['12', '0x1f'].length));
    let v32 = clip([x28, 'x,y,z', x28].map(x33 => ((p34 = 'a-b') => 255)(...[undefined], '12')).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  }
  return 2147483647;
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task35 = async () => {
  print('task 1 step 0');
  await Promise.all([E(target).bad('x,y,z')]);
  let v36 = clip((((-0 && 1n) <= 1n) || new Map(Object.entries(({ a: -9007199254740993n, b: -2.5 }))).has([12345678901234567890n][3])));
  try {
    const f37 = function (a38, a39 = 7, ...r40) {
      tick();
      if (new Map(Object.entries(({ 1: 0.1 }))).has(a39)) return a39;
      const f41 = (a42, a43 = a39, ...r44) => {
        tick();
        const v45 = clip(((new Map([[a43, 1], [null, 3]]).get('a') - (true ? NaN : 255)) + parseInt(`<${Infinity}|${'null'}>`)));
        return a43;
      };
      return a38;
    };
  }
  catch (e46) {
    print(`caught ${show(e46)} ${e46 instanceof TypeError}`);
  }
  print('task 1 step 1');
  const w48 = await Promise.resolve([][0]).then(x => (print(`c47 ${show(x)}`) ?? later(1, (true ? true : 0b101))));
  print(show(w48));
  print('task 1 step 2');
  await later(0, 7);
  return 1_000;
};
task35().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

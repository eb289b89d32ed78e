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
  print(show(((p1 = -0) => p1)(...[Object.fromEntries(new Map([['B', 0b101]]))?.b], ((p2 = undefined) => new Map([[-1, p2], [p2, '0x1f']]).get(p2))())));
  try {
    switch (({ 0: true })?.b) {
      default: {
        let v3 = clip(`<${(2 % 1e-7)}|${String(JSON.stringify((true & 2147483647), null, 1))}>`);
        const v4 = clip(({ 1: String([undefined, 1e21]), key: ((7n ?? 7n) ?? 0n) }));
      }
      case 10: {
        break;
      }
    }
    throw new RangeError([].join('B'));
  }
  catch (e5) {
    print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
  }
  print(show(Math.min(([' 7 ', 1e21, 1e21].findIndex(x6 => true || x6 === true) ^ [3, undefined].findIndex(x7 => false || x7 >= -1)), String(({})))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show([].at(2)));
  let v8 = clip(BigInt((-1 / (false ? 7 : 0)) | 0));
  print(show(new Map([['0x1f', 0], [undefined, '-0']]).get('0x1f'.charAt(-3))));
  print(`v8 ${show(v8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task9 = async () => {
  print('task 0 step 0');
  const w11 = await Promise.resolve(Promise.resolve(new Map([[NaN, 'x,y,z'], [-3n, 2147483647]]).get('-0'))).catch(e => (print(`c10 ${show(e)}`) ?? ({ then: (resolve, reject) => later(2, (10 ?? 'x,y,z')).then(resolve) })));
  print(show(w11));
  print(show(((p12 = ' 7 ') => (~7))(Object.assign({}, ({ ['-0']: -1, 0: 12345678901234567890n, key: 2147483647 }), ({ ['x,y,z']: null }))?.b)));
  await E(target).echo(('x,y,z' || undefined));
  return ' 7 ';
};
task9().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task13 = async () => {
  print('task 1 step 0');
  const w14 = await later(0, 4294967296);
  print(show(w14));
  switch ((-3n + -3n)) {
    case Math.imul(2147483647, null): {
      let v15 = clip((BigInt((0.1 & 0xff) | 0) & -9007199254740993n));
      print(show(new Set([])));
      break;
    }
    case (true ? 2 : 2): {
    }
  }
  print('task 1 step 1');
  print((false ? 'B' : '12') + show(await new Promise(resolve => resolve(E(target).bad(((p16 = undefined) => 12345678901234567890n)(3))))) + show(await 12345678901234567890n));
  return '';
};
task13().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task17 = async () => {
  print('task 2 step 0');
  await Promise.resolve(('12' ?? undefined));
  const f18 = (a19, a20 = [-1, 0.1, 4294967296].at(1), ...r21) => {
    tick();
    if ((3 >= a19)) throw new Error('😀!'.padEnd(10, '-0'));
    switch (({ b: 1e21, a: a20, ['null']: 'x,y,z' })?.[1]) {
      case (true ? 'a' : ''): {
        const { a: d22 = a19, [`k${'ey'}`]: d23, ...d24 } = Object.fromEntries(new Map(Object.entries(({ a: '😀!', 1: 1e-7, key: '0x1f' }))));
        break;
      }
    }
    return (7 / 1);
  };
  print('task 2 step 1');
  print((typeof '0x1f') + show(await never(1, new TypeError('a'.padStart(3, 'x,y,z')))) + show(await 0.1));
  return new Map([[1.5, true]]).get(0b101);
};
task17().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  switch ((255 | 1e21)) {
    case -2.5: {
      let v1 = clip(Math.imul(((true ? 4294967296 : 2) / (~10)), ((p2 = 1e-7) => ({})?.a)([][3], ' 7 ')));
      try {
        if (new Map([[1_000, 255n]]).has(new Map([[0, NaN]]).get(0))) throw new Error(`<${true}|${'a'}>`);
        print(show(((p3 = 'null') => Object.assign({}, ({ ['x,y,z']: null, a: p3 }), ({ key: '12', a: 0 }))?.[1])(...[((true === null) ? (true ? 1_000 : undefined) : -9007199254740993n)], ['é', -2.5, '-0'].at(2))));
        throw new TypeError('-0'.concat('null'));
      }
      finally {
        print('finally');
      }
      break;
    }
    case ('a' + 1n): {
    }
    default: {
    }
    case [0b101][2]: {
      break;
    }
  }
  print(show(new Map(Object.entries(Object.fromEntries(new Map(Object.entries(({ a: '', 1: '0x1f', b: 'B' }))))))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const v4 = clip(({ 1: ((p5 = null) => null)('0x1f'), ['x,y,z']: 255n, b: (true ? 12345678901234567890n : null) })?.[0]);
    let v6 = clip((1n & 255n));
    throw v4;
  }
  finally {
    print('finally');
    const v7 = clip(new Set(Object.values(({ 0: -2.5, 1: 'B' }))).has(Math.max(-2.5, true)));
    for (let i8 = 0; i8 < 2; i8++) {
      tick();
    }
  }
  print(show((((0xff | 2) % 1e-7) * ((+1.5) << (2147483647 * 0xff)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(((p9 = undefined) => Object.fromEntries(new Map([[true, null]]))?.[0])(...[({ 1: 12345678901234567890n })?.a], new Map([]).get(2147483647))));
  print(show(((p10 = true) => ((p11 = 1e21) => p11)(new Map([]).get(undefined), new Map([[p10, '😀!']]).get(1_000)))(...[Infinity], [undefined, 12345678901234567890n][2])));
  let n13 = 0;
  for (const x12 of (0b101).toExponential(5).split(/[a-z]+/)) {
    tick();
    if (++n13 > 6) break;
    print(show([x12].includes('a-b'.replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`))));
    if ((x12 || ((p15 = x12) => 0b101)(0n))) {
    }
  }
  print(show((parseInt((typeof 1n)) + ((4294967296 + 4294967296) % Math.max(-2.5, 2147483647)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task16 = async () => {
  print('task 0 step 0');
  print(`<${'a-b'}|${'0x1f'}>` + show(await Promise.all([later(3, 3)])) + show(await 7));
  l18: for (let i17 = 0; i17 < 2; i17++) {
    const f19 = (x = 1) => `${i17}${typeof x}`;
    tick();
    print(show(f19()));
    print(' 7 ' + show(await Promise.resolve(Promise.resolve(-1)).then(x => print(`c21 ${show(x)}`), e => print(`c21! ${show(e)}`)).catch(e => (print(`c22 ${show(e)}`) ?? new Map([]).get('x,y,z')))) + show(await 1e21));
    const [d23 = '-0', d24, ...d25] = [undefined, 2];
    if (new Set([]).has(new Map([]).get(-0))) continue l18;
  }
  print('task 0 step 1');
  print(('x,y,z' + null) + show(await later(0, (true || NaN))) + show(await 0n));
  return ((p26 = true) => p26)('12');
};
task16().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let [d1, d2] = [0xff, new Map([]).get(12345678901234567890n)];
  [d1, d2] = [d2, d1];
  function f4(a5, a6 = d2, ...r7) {
    tick();
    const [d8 = d2, d9, ...d10] = r7.filter(x11 => new Set([0xff]).has(0n) || x11 < -1);
    const v12 = clip(new Set(r7.toReversed()));
    return (false ? 0.1 : 10);
  }
  print(show(`<${d2}|${'12'}>`.charAt(5).split('é')));
  print(`f4 ${show(f4)}`);
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v13 = clip((new Map([[0, '😀!'], [1_000, '']]).get(new Map([[255n, 4294967296], ['é', '0x1f']]).get('a')) !== Math.max(1, null)));
  function f14(a15, a16 = ' 7 ', ...r17) {
    tick();
    const v18 = clip(Object.fromEntries(new Map([[0b101, a16]])));
    try {
      throw a15;
    }
    finally {
      print('finally');
    }
    return (1 + 1e21);
  }
  print(show([...(typeof 1.5).slice(5)].toReversed().join('')));
  print(`f14 ${show(f14)}`);
  print(`v13 ${show(v13)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v19 = clip(['12'].flatMap((x, i) => [i, x]).filter(x20 => ('a' in ({ b: x20, ['x,y,z']: 10, a: null })) || x20 !== null).concat(String(JSON.stringify(1)).split(/[^a]/i)));
  const w25 = await Promise.resolve(Promise.resolve(later(1, [' 7 ', '-0'].at(-1))).then(x => (print(`c21 ${show(x)}`) ?? later(3, -0)))).then(x => (print(`c22 ${show(x)}`) ?? later(3, 'null'))).finally(() => (print('c23') ?? Promise.allSettled([later(0, [2].at(-1)), later(2, -2.5), later(1, v19.at(-1))]))).then(x => print(`c24 ${show(x)}`), e => print(`c24! ${show(e)}`));
  print(show(w25));
  print(show(/b*?/.test(String(JSON.stringify([3, 'B', undefined], ['a', 'key'])))));
  print(`v19 ${show(v19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  switch ([-0, 'a', 'a'][0]) {
    case (' 7 ' & 1_000): {
      const v26 = clip((1n & BigInt(Math.clz32(-2.5) | 0)));
      let v27 = clip(new Set(Object.values(({ key: undefined, ['😀!']: 'a' })).map(x28 => ((p29 = x28) => 'x,y,z')(...['é'], null))));
      let n33 = 0;
      l34: for (const x32 of [-0, 'a-b', '😀!'].map(x30 => ((p31 = 'a') => undefined)(...['a'], -9007199254740993n))) {
        tick();
        if (++n33 > 6) break;
        print(show([x32].concat([3]).concat([null, x32, x32].concat([x32, null])).indexOf(((!undefined) ? -9007199254740993n : x32))));
      }
    }
    case parseFloat(''): {
      break;
    }
    default: {
    }
    case (1_000 << 0b101): {
    }
  }
  print(show(4294967296));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task36 = async () => {
  print('task 0 step 0');
  const w37 = await E(target).bad((true ? 'a-b' : 7));
  print(show(w37));
  let n39 = 0;
  for (const x38 of [].flatMap((x, i) => [i, x]).join('12')) {
    tick();
    if (++n39 > 6) break;
    const v41 = clip(new Map([[x38, ((p42 = 1e21) => p42)(0b101)]]));
    function f43(a44, a45 = (-1 ?? -9007199254740993n), ...r46) {
      tick();
      const f47 = function (a48, a49 = a44, ...r50) {
        tick();
        if (('a' in ({ ...({}), ...({ a: a44 }) }))) throw new TypeError('-0'.charAt(3));
        return new Map([['', 7n]]).get(((p51 = 10) => 1.5)(true, a44));
      };
      return ((a45 >= a44) ? (null ?? undefined) : f47());
    }
  }
  return (12345678901234567890n ?? '😀!');
};
task36().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task52 = async () => {
  print('task 1 step 0');
  const w54 = await ((p53 = 1e-7) => 1)();
  print(show(w54));
  if (BigInt(0 | 0)) {
    const f55 = (a56, a57 = ((p59 = 255n) => undefined)(), ...r58) => {
      tick();
      const { a: d60 = a57, [`k${'ey'}`]: d61, ...d62 } = Object.fromEntries(new Map([]));
      function f63(a64, a65 = -3n, ...r66) {
        tick();
        return ['x,y,z', a56].filter(x67 => false || x67 >= -3n).at(-2);
      }
      return `<${null}|${' 7 '}>`;
    };
  }
  else {
  }
  print('task 1 step 1');
  await Promise.resolve(never(0, 'x,y,z')).then(x => print(`c68 ${show(x)}`), e => print(`c68! ${show(e)}`));
  print('task 1 step 2');
  await { then: (resolve, reject) => reject('null') };
  return 'x,y,z';
};
task52().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task69 = async () => {
  print('task 2 step 0');
  print((typeof 'é') + show(await Promise.all([new Promise(resolve => resolve(later(2, ({ a: undefined, key: true })?.[0]))), 3])) + show(await -9007199254740993n));
  l71: for (let i70 = 0; i70 < 4; i70++) {
    tick();
    await Promise.resolve((false ? 7n : undefined));
    let v72 = clip(Object.fromEntries(new Map([[1n, [][0]]])));
  }
  let v73 = clip(parseInt(`<${[true, 'a-b', -0][3]}|${[...'😀!'].toReversed().join('')}>`));
  print('task 2 step 1');
  print([...'a'].toReversed().join('') + show(await E(target).echo('12')) + show(await '-0'));
  return new Map([]).get('é');
};
task69().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

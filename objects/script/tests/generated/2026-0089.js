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
  let i1 = 2;
  while (i1-- > 0) {
    tick();
    let n3 = 0;
    for (const x2 of String(JSON.stringify(''.length, null, 1))) {
      tick();
      if (++n3 > 6) break;
      print('x,y,z' + show(await x2) + show(await x2));
      let v5 = clip([...Array.from(new Set([undefined])), x2]);
    }
    print(show(((['B', null].findIndex(x6 => true || x6 !== null)).toExponential(2) + new Map([['null', 0xff]]).get(({ ['12']: undefined, key: undefined })?.[0]))));
    for (let i7 = 0; i7 < 2; i7 += 2) {
      const f8 = (x = 1) => `${i7}${typeof x}`;
      tick();
      let v9 = clip((new Set([]).has((0xff && 1e21)) ? [7, null, '😀!'].concat(['']).findIndex(x10 => [' 7 ', '😀!'].some(x11 => true || x11 < true) || x10 === 1) : Math.min(Number('a'), f8(undefined))));
    }
  }
  print(show(Object.fromEntries(new Map([[true, new Map([]).get('😀!')]]))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i12 = 0;
  do {
    tick();
    const v13 = clip(new Set([true, true]));
    l15: for (let i14 = 0; i14 < 1; i14++) {
      tick();
      const [d16 = (false ? 'x,y,z' : '0x1f'), d17, ...d18] = [];
      l20: for (let i19 = 0; i19 < 4; i19 += 1) {
        const f21 = (x = 1) => `${i19}${typeof x}`;
        tick();
        print(show(d18.unshift(d17)));
        let [d22, d23] = [new Map([[d17, d16]]).get(d17), d17];
        [d22, d23] = [d23, d22];
        const v25 = clip(new Map([]));
      }
    }
  } while (++i12 < 2);
  print(show(new Set([-3n, 255, '0x1f'].toSorted())));
  print(`i12 ${show(i12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (('B' + 'a')) {
    default: {
      if ((('0' in ({ [' 7 ']: undefined, 0: 0xff })) ? ((p26 = 'a-b') => undefined)(...[255n], 1) : ({ ['null']: 'a' })?.[0])) {
        let v27 = clip(new Set(Array.from(new Set([NaN, true, '0x1f'])).toSorted()));
        const f28 = (a29, a30 = 10, ...r31) => {
          tick();
          const { a: d32 = '-0', [`k${'ey'}`]: d33, ...d34 } = Object.assign({}, ({ ...({ 1: -3n, a: a30, ['x,y,z']: a30 }), ...({}) }), Object.assign({}, ({ ['a-b']: 4294967296 }), ({})));
          const v35 = clip(Array.isArray(a30));
          return d32;
        };
      }
    }
    case (- Infinity): {
      break;
    }
    case Math.round(1_000): {
    }
  }
  print(show(Array.from(new Set([undefined, 'null', Infinity].map(x36 => x36)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v37 = clip(({ key: (('12' > 'x,y,z') ? 'a-b' : 12345678901234567890n) }));
  const v38 = clip(new Set(Object.values(({})).slice(-1, 3)));
  try {
    let v39 = clip(Object.fromEntries(new Map([[true, new Map([]).get('-0')], ['a', '']])));
    print(show(((p40 = '') => BigInt(1.5 | 0))()));
    if ((-1 + 1.5)) {
      print(show(((p41 = 'null') => (0 + -0))(...[(0b101 || false)], (false ? Infinity : 1.5))));
      let v42 = clip((String(JSON.stringify([undefined, 'null', -9007199254740993n], null, 1)) === new Map(Object.entries(v39)).get(1_000)));
    }
  }
  catch (e43) {
    print(`caught ${show(e43)} ${e43 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(['😀!', 0.1]));
  print(`v38 ${show(v38)}`);
  print(`v37 ${show(v37)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task44 = async () => {
  print('task 0 step 0');
  const w46 = await Promise.allSettled([Promise.allSettled([later(3, (null && 255)), later(3, 1n)])]);
  print(show(w46));
  if (new Map([]).get([][0])) {
    const f47 = (a48, a49 = '12', ...r50) => {
      tick();
      print(show(r50.unshift(a49)));
      a48 = clip(((p51 = 'a-b') => '12'.replace(/(\w)(\w)?/, '<$&$1>'))());
      r50 = clip(['', undefined, a48]);
      let v52 = clip(new Map([]).has(a48));
      return ((1e-7 < null) ? a48 : a49);
    };
  }
  else {
  }
  return ({ ['é']: -3n, 1: 'null', b: 255n })?.[1];
};
task44().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task53 = async () => {
  print('task 1 step 0');
  await Promise.all([Promise.allSettled([later(3, ((p55 = 3) => null)(null, 'é')), later(1, ['😀!'].at(3))]), Promise.resolve(later(3, [].at(-1))).catch(e => (print(`c56 ${show(e)}`) ?? later(2, 0n)))]);
  for (let i57 = 0; i57 < 3; i57 += 1) {
    const f58 = (x = 1) => `${i57}${typeof x}`;
    tick();
    print(show(f58(f58(...[(false ? null : 2)], new Map([[0.1, -1]]).get(7n)))));
    const w64 = await Promise.resolve(Promise.resolve(later(0, ({ key: undefined, b: true })?.key)).then(x => (print(`c59 ${show(x)}`) ?? later(2, true))).then(x => (print(`c60 ${show(x)}`) ?? later(1, 7n))).then(x => (print(`c61 ${show(x)}`) ?? later(1, i57)))).then(x => (print(`c62 ${show(x)}`) ?? Promise.race([later(0, (2147483647 || 2147483647)), later(1, 0b101)]))).then(x => print(`c63 ${show(x)}`), e => print(`c63! ${show(e)}`));
    print(show(w64));
    const v65 = clip(`<${'a'}|${'null'}>`.replaceAll('null', '[$&]').concat(parseInt('0x1f')));
  }
  print('task 1 step 1');
  await Promise.resolve({ then: (resolve, reject) => later(2, '').then(resolve) }).then(x => (print(`c66 ${show(x)}`) ?? Promise.resolve(({})?.[0]))).then(x => (print(`c67 ${show(x)}`) ?? E(target).bad(((p68 = 3) => '12')(...[4294967296], true))));
  return '';
};
task53().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task69 = async () => {
  print('task 2 step 0');
  await Promise.all([never(3, new SyntaxError(String([])))]);
  try {
    let v70 = clip(new Map(Object.entries(Object.fromEntries(new Map(Object.entries(({ key: true, key: 1_000, ['a']: undefined })))))));
    let v71 = clip(BigInt.asUintN(58, BigInt(parseFloat('a') | 0)));
  }
  catch (e72) {
    print(`caught ${show(e72)} ${e72 instanceof TypeError}`);
    print(show(((p73 = 'B') => p73)(String([null, 'null', undefined]), ('x,y,z' + 'x,y,z'))));
    const [d74 = 'B', d75, ...d76] = Object.keys(({})).slice(-1, 1);
  }
  print('task 2 step 1');
  const w77 = await later(2, '12');
  print(show(w77));
  return ((p78 = 1.5) => -3n)(...[1_000], 7);
};
task69().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

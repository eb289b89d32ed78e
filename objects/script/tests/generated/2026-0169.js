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
  let v1 = clip(String(JSON.stringify(({ b: true, a: 1e-7 }), null, 1)).split(/[^a]/i));
  print(show(((p2 = true) => p2)()));
  function f3(a4, a5 = 'x,y,z', ...r6) {
    tick();
    if (/^x|y$/.test('a-b'.concat(null))) return a4;
    if ((0xff / 2)) {
      for (let i7 = 0; i7 < 3; i7 += 1) {
        tick();
        let v8 = clip([true, a5].some(x9 => ('b' in ({ b: a5, b: a5 })) || x9 >= a5));
        const v10 = clip(a4);
        print(show(r6.push(((p11 = a4) => r6[3])())));
      }
    }
    return (new Map([]).get(a4) && '12');
  }
  print(show(v1.indexOf(v1.length)));
  print(`f3 ${show(f3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n13 = 0;
  for (const x12 of `<${(1e21 && null)}|${['😀!', true].join('a-b')}>`) {
    tick();
    if (++n13 > 6) break;
    const f15 = (a16, a17 = x12, ...r18) => {
      tick();
      for (let i19 = 0; i19 < 1; i19 += 2) {
        tick();
        const [d20 = i19, d21, ...d22] = ['x,y,z'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0));
      }
      return ('0x1f' + true);
    };
  }
  print(show((new Map([[null, undefined], [true, true]]).get((true ? true : true)) & (~NaN))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show((BigInt.asUintN(67, 0n) % BigInt.asUintN(69, (-9007199254740993n / 12345678901234567890n)))));
  let n24 = 0;
  for (const x23 of [].flatMap((x, i) => [i, x]).join('')) {
    tick();
    if (++n24 > 6) break;
    const v26 = clip(Array.from((10).toFixed(7)));
    let [d27, d28] = [1n, 'a'];
    [d27, d28] = [d28, d27];
  }
  const f30 = function (a31, a32 = (2147483647 && 2), ...r33) {
    tick();
    const f34 = function (a35, a36 = a31, ...r37) {
      tick();
      let [d38, d39] = [a35, [a32, undefined][1]];
      [d38, d39] = [d39, d38];
      const [d41 = 12345678901234567890n, d42, ...d43] = r37;
      return a36;
    };
    return [true, 1n].map(x44 => a31)[0];
  };
  print(show(Object.keys(({ 1: true, ['']: undefined })).at(2)));
  print(`f30 ${show(f30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task45 = async () => {
  print('task 0 step 0');
  print(`<${12345678901234567890n}|${'a'}>` + show(await Promise.allSettled([Promise.race([later(3, ({ 1: '', 1: 1n })?.[0])])])) + show(await '0x1f'));
  switch (((null ?? null) ?? (10 || '😀!'))) {
    case [].join('😀!'): {
      let v46 = clip(new Map([[null, ({ ['é']: 0, b: null, b: '' })?.a], [-1, ('a' || 'a')]]));
      v46 = clip(new Map([[undefined, ((false ? 7 : 'x,y,z') || 255n)], [true, (true ? ' 7 ' : 'a')]]));
      break;
    }
    case 4294967296: {
      let v47 = clip(Object.fromEntries(new Map([[255n, 1n]])));
      function f48(a49, a50 = -3n, ...r51) {
        tick();
        let v52 = clip(({ 1: [].at(2), [' 7 ']: ('😀!' || a49) })?.[1]);
        return a49;
      }
      break;
    }
    default: {
    }
    case new Map([['😀!', 1n], [true, ' 7 ']]).get('B'): {
      break;
    }
  }
  return (0n && 'x,y,z');
};
task45().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task53 = async () => {
  print('task 1 step 0');
  print([7n, 4294967296].join('😀!') + show(await Promise.race([later(2, true), new Map([[2, 7]]).get(null), Promise.resolve(later(0, false)).then(x => (print(`c54 ${show(x)}`) ?? later(3, 'x,y,z')))])) + show(await '12'));
  let v55 = clip(({ ['null']: [...[null, '😀!', null], ''].at(1) }));
  try {
    v55 = clip(({ a: [null, null, ' 7 '].length }));
    let [d56, d57] = [new Map([[255, undefined]]).get(undefined), ''];
    [d56, d57] = [d57, d56];
    throw new Error(`<${''}|${'é'}>`);
  }
  catch (e59) {
    print(`caught ${show(e59)} ${e59 instanceof TypeError}`);
  }
  print('task 1 step 1');
  print('x,y,z' + show(await Promise.resolve(4294967296)) + show(await null));
  return (0b101 || 'a');
};
task53().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task60 = async () => {
  print('task 2 step 0');
  await Promise.resolve(later(0, new Map([['-0', '0x1f']]).get(''))).catch(e => (print(`c61 ${show(e)}`) ?? Promise.resolve(later(3, false)).then(x => print(`c62 ${show(x)}`), e => print(`c62! ${show(e)}`)).catch(e => (print(`c63 ${show(e)}`) ?? later(2, new Map([[undefined, 1e-7], [undefined, 4294967296]]).get(0)))))).then(x => (print(`c64 ${show(x)}`) ?? later(1, '😀!')));
  let i65 = 1;
  while (i65-- > 0) {
    tick();
    await later(1, 10);
    const [d66 = (false ? undefined : undefined), d67, ...d68] = ['null', '12', undefined];
  }
  const f69 = function (a70, a71 = false, ...r72) {
    tick();
    if (((true < '😀!') || (a70 !== -0))) throw new TypeError((typeof -9007199254740993n));
    let v73 = clip(new Map([['B', i65], [-0, a70]]));
    a70 = clip(((true && true) ? [a71, 'B'].join('B') : ('0x1f' + a71)));
    return a70;
  };
  print('task 2 step 1');
  const w77 = await Promise.resolve(new Promise(resolve => resolve(later(2, ('12' ?? null))))).then(x => (print(`c74 ${show(x)}`) ?? ({ then: (resolve, reject) => resolve((false ? null : 'a-b')) }))).then(x => (print(`c75 ${show(x)}`) ?? E(target).bad((null ?? 255)))).then(x => print(`c76 ${show(x)}`), e => print(`c76! ${show(e)}`));
  print(show(w77));
  print('task 2 step 2');
  print([4294967296].join('é') + show(await Promise.resolve(E(target).echo('0x1f')).then(x => print(`c78 ${show(x)}`), e => print(`c78! ${show(e)}`))) + show(await 0n));
  return (true ? 2 : undefined);
};
task60().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

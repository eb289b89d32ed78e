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
    let v2 = clip(new Map([['', (typeof 1e21)], [undefined, ([' 7 '][3] ?? NaN)]]));
    let n4 = 0;
    l5: for (const x3 of new Set([1e21, true].slice(1, 3))) {
      tick();
      if (++n4 > 6) break;
      let v7 = clip(((Infinity | (0.1 / 255)) - [255, x3].length));
      print(show(v2.set(x3, 'key').size));
    }
    let v8 = clip(((-9007199254740993n & (1n / 255n)) % 255n));
    print(show(((p9 = true) => (true ?? new Map([[undefined, 'null'], ['', p9]]).get(true)))((('b' in ({})) ? ('é' ?? 0b101) : (' 7 ' ?? NaN)), Object.assign({}, ({ a: 2 }), ({ 0: null, 1: true }))?.a)));
    const v10 = clip([null, 1e21].findIndex(x11 => (false || true) || x11 !== '-0'));
  }
  print(show((!({})?.a)));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(((p12 = 0b101) => p12)([0xff].map(x13 => 1).at(2))));
  const v14 = clip(((!({})?.[1]) ? (false ? 1e-7 : 4294967296) : 255n));
  let n16 = 0;
  l17: for (const x15 of [].concat('x,y,z'.split(/[a-z]+/))) {
    tick();
    if (++n16 > 6) break;
    const v19 = clip(new Map(Object.entries(({ 1: -2.5, b: ((p20 = '12') => v14)(...[v14], 0xff), 0: (false ? x15 : -0) }))));
    try {
      let i21 = 0;
      do {
        tick();
        const v22 = clip(new Set([]));
        print(show(((p23 = x15) => p23)(...[('é' || 'a')], (typeof x15))));
        print(show(((p24 = 1) => 'é'.length)(...[x15], new Map([[null, 1]]).get('null'))));
      } while (++i21 < 1);
      throw (-9007199254740993n ?? 'x,y,z');
    }
    catch (e25) {
      print(`caught ${show(e25)} ${e25 instanceof TypeError}`);
    }
  }
  print(show(({ a: `<${v14}|${'-0'}>` })));
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  function f26(a27, a28 = 0n, ...r29) {
    tick();
    const f30 = function (a31, a32 = ('a' || undefined), ...r33) {
      tick();
      const f34 = (a35, a36 = 0b101, ...r37) => {
        tick();
        for (let i38 = 0; i38 < 4; i38++) {
          const f39 = (x = 1) => `${i38}${typeof x}`;
          tick();
          const f40 = (a41, a42 = a27, ...r43) => {
            tick();
            print(show(new Map([[0xff, `<${undefined}|${'0x1f'}>`], [undefined, r29.indexOf(a42)]])));
            r37 = clip(r37);
            return a36;
          };
        }
        return a28;
      };
      return String(({}));
    };
    return NaN;
  }
  print(show(1e21));
  print(`f26 ${show(f26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n45 = 0;
  for (const x44 of String('é').split('x,y,z')) {
    tick();
    if (++n45 > 6) break;
    for (let i47 = 0; i47 < 2; i47++) {
      const f48 = (x = 1) => `${i47}${typeof x}`;
      tick();
      l50: for (let i49 = 0; i49 < 1; i49++) {
        const f51 = (x = 1) => `${i49}${typeof x}`;
        tick();
        const f52 = function (a53, a54 = '', ...r55) {
          tick();
          return (/[^a]/i.test('😀!') ? x44 : x44);
        };
      }
    }
  }
  print(show(({ ['']: String(['null', true, null]), 1: (- 2147483647) })));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task56 = async () => {
  print('task 0 step 0');
  print(['null'].join('😀!') + show(await new Promise(resolve => resolve(Promise.race([later(2, 255n)])))) + show(await undefined));
  if (['é', '😀!', 4294967296].filter(x57 => false || x57 !== 'a-b').at(-1)) {
    const [d58 = (null ?? 4294967296), d59, ...d60] = Object.keys(({ ['😀!']: '0x1f', a: 'é', 1: '0x1f' }));
    print(show(((p61 = 'é') => ['a', '12', 1].length)()));
    print(show(((p62 = undefined) => [].length)(...[d59], String(JSON.stringify([], null, 1)))));
    let v63 = clip(new Set(['😀!', 0, d59]));
    let v64 = clip(-3n);
  }
  return 'a';
};
task56().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task65 = async () => {
  print('task 1 step 0');
  const w67 = await later(3, ((p66 = ' 7 ') => p66)(...[1], null));
  print(show(w67));
  let i68 = 1;
  while (i68-- > 0) {
    tick();
    const v69 = clip(([...[], -1].length - ([undefined, 'null', -9007199254740993n].includes(255) ? Math.sign(7) : (3 >> 2))));
    const v70 = clip(new Map(Object.entries(Object.fromEntries(new Map([[12345678901234567890n, true], [' 7 ', '']])))));
    const w71 = await { then: (resolve, reject) => later(2, ['a', 'x,y,z', 0n].at(2)).then(resolve) };
    print(show(w71));
    print(show(((p72 = undefined) => String(JSON.stringify(({ ['-0']: null, a: p72 }), ['a', 'key'])))(...[[true, 'B', true][3]], (typeof undefined))));
    print(show(((p73 = null) => 'x,y,z')(new Map([]).get('B'), [undefined].every(x74 => false || x74 < undefined))));
  }
  let n76 = 0;
  for (const x75 of new Set([])) {
    tick();
    if (++n76 > 6) break;
  }
  print('task 1 step 1');
  await (255 && 'a');
  return new Map([['', 'x,y,z']]).get('null');
};
task65().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task78 = async () => {
  print('task 2 step 0');
  print((typeof undefined) + show(await later(0, ((p79 = 7) => null)(1n, 255n))) + show(await 1n));
  if (('key' in ({}))) {
    if (('0' in ({ ['é']: undefined, b: 255, b: true }))) throw new Error((0.1).toExponential(4));
    let v80 = clip(({ b: 'a-b'.length }));
    if (('a' in Object.assign({}, ({}), v80))) throw ((p81 = null) => true)(undefined);
  }
  await { then: (resolve, reject) => resolve((false ? 'B' : 0)) };
  print(show(String(JSON.stringify(String(JSON.stringify(2147483647, null, 1)), ['a', 'key'])).length));
  return (0xff ?? null);
};
task78().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

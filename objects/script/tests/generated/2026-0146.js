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
  l3: for (const x1 of new Set([])) {
    tick();
    if (++n2 > 6) break;
    const f5 = function (a6, a7 = 'B', ...r8) {
      tick();
      const v9 = clip((r8.lastIndexOf(a6)).toPrecision(9));
      try {
        print(show(((p10 = undefined) => r8[3])(new Map([]).get('12'))));
        const v11 = clip(1_000);
        let v12 = clip((`<${0n}|${(typeof Infinity)}>` + BigInt.asUintN(48, 7n)));
        const v13 = clip(String(Object.assign({}, ({}), ({ 1: null }))));
        throw v9;
      }
      finally {
        print('finally');
        let v14 = clip([...r8, v9].join('12'));
      }
      return `<${'a'}|${'a-b'}>`;
    };
  }
  print(show(Boolean([0b101, NaN, null][0])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f15 = function (a16, a17 = new Map([]).get(1n), ...r18) {
    tick();
    let n20 = 0;
    for (const x19 of new Set(['a-b', 0.1, null])) {
      tick();
      if (++n20 > 6) break;
      print(show(r18.fill(x19, 0)));
      const v22 = clip([1n, 2147483647].map(x23 => Object.fromEntries(new Map([[x23, -1]]))?.a));
    }
    let v24 = clip(({ b: a17 }));
    function f25(a26, a27 = ' 7 ', ...r28) {
      tick();
      for (let i29 = 0; i29 < 1; i29 += 1) {
        const f30 = (x = 1) => `${i29}${typeof x}`;
        tick();
        let v31 = clip(String(r28));
      }
      return a16;
    }
    return a17;
  };
  print(show(({})));
  print(`f15 ${show(f15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n33 = 0;
  for (const x32 of new Set(['x,y,z', null, true])) {
    tick();
    if (++n33 > 6) break;
    if ([null, '😀!', undefined].join('B')) {
      let n36 = 0;
      for (const x35 of ['12', null]) {
        tick();
        if (++n36 > 6) break;
        const v38 = clip(({ ...({}), ...Object.assign({}, Object.assign({}, ({}), ({ key: -2.5 })), ({ key: x35, 0: 'a', 0: undefined })) }));
        const { a: d39 = [0n, ''][3], [`k${'ey'}`]: d40, ...d41 } = ({ 0: x35 });
        let v42 = clip((x32 ?? x32));
      }
      try {
        const v43 = clip(new Map([[-0, `<${Infinity}|${'😀!'}>`], [undefined, ((false || false) ? '-0' : ({ key: 1e21 })?.a)]]));
        let v44 = clip(new Set([]));
        throw [][0];
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(new Set([].map(x45 => x45).toSorted())));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show([255n, 'x,y,z', 'a-b']));
  print(show(((p46 = 1_000) => p46)(((true ? undefined : true) && true), ([].at(1) && ((p47 = 1.5) => p47)('12', 'B')))));
  const [d48 = 0xff, d49, ...d50] = [0b101].map(x51 => '-0').concat('0x1f'.split(/[^a]/i));
  const v52 = clip(((Math.fround(NaN) < (255 / 0.1)) ? '😀!'.split('😀!').length : [null].slice(1, -1).length));
  if (Number.isNaN(false)) throw new TypeError('é'.replace(/[^a]/i, '<$&$1>'));
  print(show(new Set(d50)));
  print(`v52 ${show(v52)}`);
  print(`d49 ${show(d49)}`);
  print(`d48 ${show(d48)}`);
  print(`d50 ${show(d50)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task53 = async () => {
  print('task 0 step 0');
  await E(target).echo(((p54 = '12') => true)());
  const v55 = clip(new Set([...Object.keys(({ b: null, 0: 'B' })), ({ a: -9007199254740993n })?.key]));
  let n57 = 0;
  for (const x56 of 'null') {
    tick();
    if (++n57 > 6) break;
    const f59 = function (a60, a61 = x56, ...r62) {
      tick();
      const v63 = clip(Object.values(Object.assign({}, ({ 0: a60, ['B']: x56, ['-0']: '-0' }), ({}))).toSorted());
      const v64 = clip(r62);
      const v65 = clip(['a'].join('null'));
      function f66(a67, a68 = new Map([[a61, 'é']]).get(x56), ...r69) {
        tick();
        return (((p70 = a61) => 1_000)(a68, 1n) ?? a61);
      }
      return new Map([[undefined, a61], [x56, a61]]).get(a60);
    };
  }
  print('task 0 step 1');
  await later(3, [1, 'null'][0]);
  print('task 0 step 2');
  await [' 7 '][0];
  return ('😀!' ?? undefined);
};
task53().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task71 = async () => {
  print('task 1 step 0');
  const w72 = await E(target).echo([255, 12345678901234567890n].at(-2));
  print(show(w72));
  let v73 = clip(Number.isInteger((1 && new Map([]).get(-3n))));
  if (['null', 0xff, null].flatMap((x, i) => [i, x])[0]) {
    const f74 = (a75, a76 = '😀!', ...r77) => {
      tick();
      return [a76, '0x1f', 255n].flatMap((x, i) => [i, x])[0];
    };
  }
  return Infinity;
};
task71().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task78 = async () => {
  print('task 2 step 0');
  const w83 = await Promise.resolve(E(target).slow('a')).catch(e => (print(`c79 ${show(e)}`) ?? Promise.resolve(later(1, (' 7 ' && 0xff))).finally(() => (print('c80') ?? later(2, new Map([]).get(undefined)))).then(x => print(`c81 ${show(x)}`), e => print(`c81! ${show(e)}`)))).then(x => (print(`c82 ${show(x)}`) ?? never(2, new SyntaxError(('a-b' + 'é')))));
  print(show(w83));
  const v84 = clip('0x1f');
  print(show(['-0']));
  return 0;
};
task78().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

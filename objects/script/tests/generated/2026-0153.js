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
  let v1 = clip(BigInt.asUintN(8, 1n));
  const f2 = function (a3, a4 = 'a-b', ...r5) {
    tick();
    switch (a4) {
      case (1e21).toPrecision(11): {
        const f6 = (a7, a8 = a3, ...r9) => {
          tick();
          print(show(new Map([[null, [a8, true][0]]])));
          print(show(((p10 = 'x,y,z') => ((0.1 >= -0) ? a4 : ''))(a8, Object.fromEntries(new Map([[a3, 1.5], ['😀!', 255n]]))?.a)));
          const [d11 = 10, d12, ...d13] = r9;
          for (let i14 = 0; i14 < 3; i14 += 2) {
            tick();
          }
          return (['a', ' 7 '].at(1) && a7);
        };
      }
      case false: {
      }
      default: {
      }
      case new Map([]).get('null'): {
        break;
      }
    }
    return (Infinity - 2147483647);
  };
  print(show(new Map(Object.entries(({ b: (0n || '😀!') })))));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show([].slice(1, 2).filter(x15 => Number.isNaN(undefined) || x15 === true).lastIndexOf(((p16 = 0n) => '-0')(...[new Map([[1, ' 7 '], [NaN, 1e-7]]).get(0.1)], false))));
  const v17 = clip(255n);
  print(show(new Set([])));
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v18 = clip((/a/.test(`<${1.5}|${'😀!'}>`) || (!['a-b', ' 7 ', 0.1].at(0))));
  const v19 = clip(Array.from('x,y,z').concat(['😀!', 1, 2].toReversed()).concat(Object.keys(({ ...({ 1: '', ['-0']: -0, key: 7n }), ...({ b: true }) }))));
  const f20 = function (a21, a22 = 'a', ...r23) {
    tick();
    const v24 = clip(Object.fromEntries(new Map(Object.entries(({ ...({ a: a22, b: a21, b: 'a-b' }), ...({}) })))));
    function f25(a26, a27 = a21, ...r28) {
      tick();
      const f29 = (a30, a31 = true, ...r32) => {
        tick();
        return a26;
      };
      return ((a26 || 3) ?? a21);
    }
    return new Map([]).get(0);
  };
  print(show(v19.map(x33 => ('a' ?? (x33 ?? x33)))));
  print(`f20 ${show(f20)}`);
  print(`v19 ${show(v19)}`);
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task34 = async () => {
  print('task 0 step 0');
  print([undefined, 'x,y,z'].join('0x1f') + show(await true) + show(await 7n));
  let n36 = 0;
  for (const [k37, x35] of new Map([[0b101, (false ? null : 1e21)], [10, [].at(0)]])) {
    tick();
    if (++n36 > 6) break;
    let v38 = clip(({ ...({ [' 7 ']: x35 }), ...({ [' 7 ']: -0, 0: '', a: k37 }) }));
    const v39 = clip([...[true, 2], ' 7 '].join('0x1f'));
  }
  let v40 = clip(({ ...Object.assign({}, ({ ...({}), ...({ ['']: '😀!', key: '12', a: '-0' }) }), Object.fromEntries(new Map([['0x1f', 'null']]))), ...({ ...Object.fromEntries(new Map([[3, 0b101]])), ...Object.fromEntries(new Map([[null, null]])) }) }));
  return '0x1f';
};
task34().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task41 = async () => {
  print('task 1 step 0');
  const w42 = await Promise.resolve('');
  print(show(w42));
  switch (({ ...({ ['é']: 10, b: -3n }), ...({ 1: undefined, 0: null, b: null }) })?.key) {
    case '-0': {
      const { a: d43 = ('é' ?? 0.1), [`k${'ey'}`]: d44, ...d45 } = ({ ['a']: '😀!' });
      let v46 = clip(Array.from(new Set([d44, 1.5])).toReversed());
      break;
    }
    case ['0x1f', 'null'][0]: {
      let v47 = clip((Number('a'.charAt(-1)) + ((true * NaN) % (- 2))));
      if ((((p48 = 1_000) => 'a-b')(true, 'B') < v47)) throw new SyntaxError(('null' + true));
      const w49 = await later(3, -3n);
      print(show(w49));
      break;
    }
  }
  let v50 = clip(isNaN((255 > null)));
  print('task 1 step 1');
  await ((p51 = 'a-b') => p51)();
  print('task 1 step 2');
  await Promise.resolve(Promise.any([later(2, ({ key: 1.5, b: true })?.[0]), later(1, 12345678901234567890n)])).then(x => (print(`c52 ${show(x)}`) ?? new Promise(resolve => resolve(later(2, ({})?.[0]))))).then(x => (print(`c53 ${show(x)}`) ?? new Promise(resolve => resolve(later(1, (true ? 0xff : 1n))))));
  return ((p54 = 2) => p54)(null, undefined);
};
task41().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

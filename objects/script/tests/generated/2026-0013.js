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
  const v1 = clip(`<${((true ? -0 : '') && (1e21 ?? 10))}|${(`<${'😀!'}|${'0x1f'}>` + '')}>`);
  let v2 = clip(((2 ^ (12345678901234567890n & 7)) - Math.min(Math.min(NaN, '😀!'), 0n)));
  print(v1 + show(await Promise.resolve(E(target).echo((true ? 0b101 : true))).then(x => (print(`c3 ${show(x)}`) ?? never(3, new SyntaxError([...v1].toReversed().join(''))))).then(x => (print(`c4 ${show(x)}`) ?? Promise.resolve(['a', 0n, 0][3])))) + show(await 'null'));
  if (((p5 = 'é') => p5)(((p6 = 'a') => 255n)(...[true], undefined))) {
  }
  else {
  }
  print(show([1e-7]));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const w8 = await Promise.allSettled([E(target).bad(((p7 = null) => p7)('a')), (false ? 12345678901234567890n : undefined), never(1, new TypeError('12'.replaceAll(' 7 ', '[$&]')))]);
  print(show(w8));
  const v9 = clip(Array.from(new Set([])).concat(['x,y,z', null].flatMap((x, i) => [i, x])).filter(x10 => (!x10) || x10 >= null));
  print(show((BigInt.asUintN(6, BigInt(1e-7 | 0)) / BigInt([].lastIndexOf('12') | 0))));
  print(show(([].map(x11 => x11).length | v9.findIndex(x12 => ('b' in ({ a: 2 })) || x12 !== ' 7 '))));
  print(`v9 ${show(v9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(Object.keys(({ b: 'B' })).findIndex(x13 => (x13 > 1e21) || x13 < 'a')));
  if ((((p14 = 'null') => true)() ?? '0x1f')) {
    const f15 = (a16, a17 = [1][2], ...r18) => {
      tick();
      let n20 = 0;
      for (const x19 of new Set(r18)) {
        tick();
        if (++n20 > 6) break;
        let v22 = clip(BigInt((' 7 ' & (3 * 1.5)) | 0));
        let v23 = clip(new Map([]));
        let v24 = clip((`<${''}|${'-0'}>` + [true].at(-2)).split('-0'));
      }
      print(show(((p25 = -2.5) => p25)()));
      for (let i26 = 0; i26 < 3; i26 += 1) {
        tick();
      }
      return ('0x1f' || ((p27 = a17) => null)());
    };
  }
  else {
  }
  print(show(Object.values(({ [' 7 ']: null, key: 255n })).concat(['é', true].slice(0, 2)).filter(x28 => (0.1 >= NaN) || x28 >= 0)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task29 = async () => {
  print('task 0 step 0');
  const w30 = await Promise.resolve((true ? undefined : undefined));
  print(show(w30));
  let v31 = clip(0n);
  v31 = clip(12345678901234567890n);
  const f32 = (a33, a34 = 1n, ...r35) => {
    tick();
    print(show(((p36 = a33) => ((p37 = true) => p37)())(('12' && '-0'), ('' + 'x,y,z'))));
    return new Map([]).get(({ a: ' 7 ' })?.a);
  };
  return ({ 0: ' 7 ', 1: null, ['B']: 'é' })?.key;
};
task29().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task38 = async () => {
  print('task 1 step 0');
  const w40 = await Promise.race([Promise.all([later(2, (false ? undefined : ''))])]);
  print(show(w40));
  const v41 = clip(new Set(['', undefined]).has((1e-7 ?? new Map([['a-b', '12']]).get(0xff))));
  l43: for (let i42 = 0; i42 < 1; i42++) {
    const f44 = (x = 1) => `${i42}${typeof x}`;
    tick();
    let v45 = clip(new Map([[12345678901234567890n, ('0x1f' || [null, 1].at(0))]]));
    const v46 = clip(({}));
    v45 = clip(new Map([[255n, (-1 * 1e-7)], ['0x1f', 1n]]));
  }
  return [undefined, 'a', -9007199254740993n].at(-2);
};
task38().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task47 = async () => {
  print('task 2 step 0');
  const w51 = await Promise.any([Promise.resolve(later(0, [undefined, 'null', 7][1])).catch(e => (print(`c48 ${show(e)}`) ?? later(2, (Infinity ?? true)))).catch(e => (print(`c49 ${show(e)}`) ?? later(1, 0xff))).finally(() => (print('c50') ?? later(2, ({ 0: '12' })?.key))), Promise.resolve('12')]);
  print(show(w51));
  let n53 = 0;
  l54: for (const [k55, x52] of new Map([[true, (true ? undefined : 0)], ['0x1f', (true ? true : -3n)]])) {
    tick();
    if (++n53 > 6) break;
    const v56 = clip(new Set('12'.concat('x,y,z').split(/[a-z]+/)));
    function f57(a58, a59 = x52, ...r60) {
      tick();
      if (((false ? true : -3n) >= x52)) throw new SyntaxError((1e21).toFixed(0));
      const [d61 = (-9007199254740993n ?? k55), d62, ...d63] = Array.from((typeof -1));
      let v64 = clip(new Map([[null, BigInt(1e21 | 0)], [d61, a58]]));
      const f65 = function (a66, a67 = ((p69 = undefined) => p69)(3, k55), ...r68) {
        tick();
        return ((false && true) ? -3n : false);
      };
      return a58;
    }
  }
  print('task 2 step 1');
  const w70 = await Promise.allSettled([Promise.race([later(0, (false ? true : 1n)), later(1, [].at(2))]), never(3, new RangeError((0).toFixed(3))), Promise.any([later(3, new Map([]).get(true)), later(1, ''), later(2, 'x,y,z')])]);
  print(show(w70));
  return new Map([['null', 255n]]).get(null);
};
task47().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

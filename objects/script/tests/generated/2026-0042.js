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
  print(show([true, null, 'x,y,z'].map(x1 => 'x,y,z').flatMap((x, i) => [i, x]).some(x2 => (4294967296 >= Infinity) || x2 !== null)));
  const v3 = clip(Object.keys(({ ...({ ...({ 0: '12', 1: 7 }), ...({ 0: undefined }) }), ...({ 1: 1_000, a: 12345678901234567890n }) })));
  const f4 = (a5, a6 = ({ b: 0b101, 0: 'null', ['B']: 'a' })?.[0], ...r7) => {
    tick();
    print(show(((p8 = undefined) => (10 & 1))(...[a5], (- -1))));
    const f9 = (a10, a11 = a6, ...r12) => {
      tick();
      print(show(((p13 = '0x1f') => (a5 || new Map([[a5, a11], ['a', true]]).get('B')))()));
      function f14(a15, a16 = a6, ...r17) {
        tick();
        try {
          const v18 = clip(BigInt((a5 / 2) | 0));
          throw new RangeError(('-0' + undefined));
        }
        finally {
          print('finally');
        }
        return (true ? 0b101 : 1e-7);
      }
      return (7 | 0xff);
    };
    return a6;
  };
  print(show(('a' in Object.assign({}, ({ a: ' 7 ', a: undefined, 1: 0n }), ({})))));
  print(`f4 ${show(f4)}`);
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v19 = clip(String(JSON.stringify(((3 << 0.1) - (- 255)), ['a', 'key'])));
  l21: for (let i20 = 0; i20 < 1; i20 += 1) {
    tick();
    const f22 = function (a23, a24 = (0 ?? 1n), ...r25) {
      tick();
      if (((true ?? a24) || ((p26 = undefined) => '-0')(...[true], undefined))) {
        print(show(r25.shift()));
        const f27 = function (a28, a29 = (a23 ?? a23), ...r30) {
          tick();
          let v31 = clip(Math.ceil(i20));
          function f32(a33, a34 = (true ? 12345678901234567890n : '-0'), ...r35) {
            tick();
            if ((a28 <= ('B' ?? a33))) return v31;
            return ({})?.[0];
          }
          return ((4294967296 >= a29) ? a24 : false);
        };
      }
      return v19;
    };
  }
  print(show(Math.max(((true ? 10 : 10) >>> -0), v19)));
  print(`v19 ${show(v19)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (Math.abs(1.5)) {
    case (1e21 + 3): {
      for (let i36 = 0; i36 < 4; i36++) {
        const f37 = (x = 1) => `${i36}${typeof x}`;
        tick();
        let v38 = clip(BigInt((- 0.1) | 0));
        const v39 = clip(new Map([[-2.5, i36]]));
        const { a: d40 = new Map([[1_000, 1_000], [-0, null]]).get(255n), [`k${'ey'}`]: d41, ...d42 } = ({});
      }
      let v43 = clip(new Map(Object.entries(({ a: '-0', a: ({ 1: null, 1: -2.5, key: 7 })?.a, ['']: ('-0' ?? '😀!') }))));
      break;
    }
    case (null && -9007199254740993n): {
    }
  }
  print(show(['12', 12345678901234567890n, undefined].findIndex(x44 => (true && true) || x44 !== 1e-7)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const { a: d45 = [255n].at(-1), [`k${'ey'}`]: d46, ...d47 } = ({ ...({ 0: 'a', a: 3 }), ...({ ...({}), ...({}) }) });
  switch ((-0 % 1e21)) {
    case 'x,y,z': {
      let [d48, d49] = [d47?.a, (1n ?? undefined)];
      [d48, d49] = [d49, d48];
      try {
        let v51 = clip([0n, 'null', d49].some(x52 => ('b' in d47) || x52 >= 'null'));
        print(show((d47[(1e21 ?? [d46, d46].at(1))] = 1)));
        print(show(v51));
        try {
          print(show(((p53 = 'null') => 'a')(({})?.a)));
        }
        catch (e54) {
          print(`caught ${show(e54)} ${e54 instanceof TypeError}`);
        }
        throw new Error('null'.replace(/a/g, (m, ...more) => `${m}${more.length}`));
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(new Set([])));
  print(`d46 ${show(d46)}`);
  print(`d45 ${show(d45)}`);
  print(`d47 ${show(d47)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task55 = async () => {
  print('task 0 step 0');
  print('B' + show(await later(0, false)) + show(await undefined));
  if ((('key' in ({ 1: true })) && /a/.test('é'))) throw new RangeError(`<${undefined}|${'a-b'}>`);
  const v56 = clip((new Map(Object.entries(({ b: '12' }))).get('-0') ?? ({})?.key));
  let n58 = 0;
  for (const x57 of ['é'].concat(Object.keys(({ a: null })))) {
    tick();
    if (++n58 > 6) break;
    const v60 = clip(new Map([['B', ((p61 = 'a-b') => 12345678901234567890n)((true ? x57 : 255), '')]]));
    await Promise.resolve((false ? -9007199254740993n : 7n)).then(x => (print(`c62 ${show(x)}`) ?? Promise.resolve(later(2, (true ? 'a-b' : undefined))).then(x => (print(`c63 ${show(x)}`) ?? later(1, x57))).then(x => print(`c64 ${show(x)}`), e => print(`c64! ${show(e)}`)).then(x => (print(`c65 ${show(x)}`) ?? later(2, ((p66 = null) => 'B')(...[v56], '12')))))).catch(e => (print(`c67 ${show(e)}`) ?? ({ then: (resolve, reject) => reject(10) })));
    print(show(((p68 = x57) => ((p68 !== ' 7 ') ? x57 : -3n))(new Map([[1n, 'null'], [x57, x57]]).get(v56))));
  }
  print('task 0 step 1');
  const w69 = await later(0, v56);
  print(show(w69));
  print('task 0 step 2');
  print(`<${7n}|${'0x1f'}>` + show(await Promise.resolve((true ? null : null))) + show(await null));
  return 7;
};
task55().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  print(show(((p1 = undefined) => ((true && false) ? (true ? p1 : p1) : ' 7 '))((({})?.key && new Map([[null, 1_000], ['12', 1e-7]]).get(7n)))));
  print(`<${'12'}|${'12'}>` + show(await later(3, 0n)) + show(await true));
  let v2 = clip(((false ? 'B' : 'a') + [10, '0x1f'].at(0)));
  const [d3 = ((p6 = 255n) => 1)(), d4, ...d5] = [1_000, v2];
  print(show(new Map([[d3, Array.from('-0').at(-1)]])));
  print(`d4 ${show(d4)}`);
  print(`d3 ${show(d3)}`);
  print(`d5 ${show(d5)}`);
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    function f7(a8, a9 = 1_000, ...r10) {
      tick();
      const f11 = function (a12, a13 = a8, ...r14) {
        tick();
        a8 &&= clip(a8);
        let i15 = 2;
        l16: while (i15-- > 0) {
          tick();
          if (([-3n, a13, undefined][0] === ('😀!' ?? null))) break l16;
        }
        return String(12345678901234567890n);
      };
      return new Map([['x,y,z', 'é'], [1, Infinity]]).get((false ? 1.5 : true));
    }
  }
  catch (e17) {
    print(`caught ${show(e17)} ${e17 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Set([].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    print(show(Object.values(Object.assign({}, ({ ...({ 0: 0xff, ['é']: null, ['😀!']: 'é' }), ...({ ['0x1f']: 0.1, key: 'x,y,z', ['-0']: null }) }), Object.assign({}, ({ 0: 'B', ['B']: null }), ({ ['a-b']: 'a', b: '😀!', a: ' 7 ' }))))));
    if (((p18 = true) => p18)(((p19 = 12345678901234567890n) => '12')(0))) {
      let n22 = 0;
      for (const x21 of new Set([' 7 ', 2, NaN].map(x20 => x20))) {
        tick();
        if (++n22 > 6) break;
        const w24 = await never(3, new Error((' 7 ' + x21)));
        print(show(w24));
        print(show(((p25 = -0) => ((true ? '0x1f' : x21) ?? ({ 0: x21 })?.a))((~0))));
      }
    }
    throw 1e-7;
  }
  catch (e26) {
    print(`caught ${show(e26)} ${e26 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show([].includes(((false ? -3n : '-0') || 10))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v27 = clip(new Map([['é', (({})?.b ?? 0xff)], [1, new Map([]).get((undefined || 'é'))]]));
  v27 = clip(v27);
  if ((({ b: '😀!', ['é']: true, key: 'a-b' })?.b <= (true ? -1 : -9007199254740993n))) throw new TypeError(`<${1}|${'0x1f'}>`);
  if (((null >= true) && ('12' < 'é'))) throw (true ?? 'x,y,z');
  print(show((new Map(Object.entries(({ b: '12', key: Infinity, 0: 'a-b' }))).has((null && '-0')) ? (['é', 'a-b'].findIndex(x28 => false || x28 < '-0') / ['-0'].indexOf('null')) : ((-2.5 ^ 0xff) + parseFloat('')))));
  print(`v27 ${show(v27)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task29 = async () => {
  print('task 0 step 0');
  const w31 = await never(2, new TypeError((1e21).toPrecision(12)));
  print(show(w31));
  print(show((typeof '12').split('a-b')));
  const { a: d32 = 12345678901234567890n, [`k${'ey'}`]: d33, ...d34 } = ({ ['12']: new Map([['-0', ''], [undefined, -0]]).get(''), b: ('B' || 'null') });
  const v35 = clip(['😀!', '-0']);
  try {
    const f36 = function (a37, a38 = ((p40 = null) => 0xff)(0, 4294967296), ...r39) {
      tick();
      return new Map(Object.entries(({ key: true }))).get(new Map([[1.5, 'B']]).get(0n));
    };
  }
  catch (e41) {
    print(`caught ${show(e41)} ${e41 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  await new Promise(resolve => resolve(Promise.race([later(0, '0x1f'), later(1, d33), later(0, d32)])));
  print('task 0 step 2');
  print(`<${d33}|${'é'}>` + show(await later(0, (1e21 && -3n))) + show(await d33));
  return (0n ?? d32);
};
task29().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  if (isNaN('0x1f')) throw (undefined ?? 1e-7);
  const w4 = await Promise.resolve(E(target).slow(0n)).finally(() => (print('c1') ?? never(0, [][0]))).then(x => print(`c2 ${show(x)}`), e => print(`c2! ${show(e)}`));
  print(show(w4));
  let n6 = 0;
  for (const [k7, x5] of new Map(Object.entries(({ a: 0.1 })))) {
    tick();
    if (++n6 > 6) break;
    switch (x5) {
      case Math.round(2147483647): {
        const w8 = await new Promise((resolve, reject) => reject(x5));
        print(show(w8));
        const f9 = (a10, a11 = 4294967296, ...r12) => {
          tick();
          a10 = clip(((~Infinity) >= r12.length));
          const { a: d13 = 1, [`k${'ey'}`]: d14, ...d15 } = ({});
          if ((!new Map([[255n, a10]]).get(7))) throw new SyntaxError(String(JSON.stringify(({ ['0x1f']: k7, ['-0']: k7, key: undefined }), null, 1)));
          return Number.isInteger(x5);
        };
        break;
      }
      case 'null'.slice(4): {
      }
    }
  }
  print(show(['a'].filter(x16 => true || x16 === null).join('')));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f17(a18, a19 = (true ? 'a' : -9007199254740993n), ...r20) {
    tick();
    for (let i21 = 0; i21 < 3; i21 += 2) {
      const f22 = (x = 1) => `${i21}${typeof x}`;
      tick();
      const { a: d23 = 'é', [`k${'ey'}`]: d24, ...d25 } = Object.fromEntries(new Map([[1e21, '0x1f']]));
      const f26 = function (a27, a28 = new Map([]).get('é'), ...r29) {
        tick();
        const f30 = function (a31, a32 = a27, ...r33) {
          tick();
          return d24;
        };
        return String(JSON.stringify('B'));
      };
    }
    return (Boolean(a18) ? (false ? 255n : true) : -2.5);
  }
  print(show((BigInt((+-2.5) | 0) / BigInt.asUintN(32, BigInt(1 | 0)))));
  print(`f17 ${show(f17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f34 = (a35, a36 = 1_000, ...r37) => {
    tick();
    let n39 = 0;
    l40: for (const x38 of Object.keys(Object.fromEntries(new Map([[a35, undefined], [10, -3n]])))) {
      tick();
      if (++n39 > 6) break;
      if (`<${0b101}|${'a'}>`) {
        print(show(r37.reverse()));
        const f42 = function (a43, a44 = a35, ...r45) {
          tick();
          const [d46 = a36, d47, ...d48] = r45;
          let v49 = clip([...[].toSorted(), a36].toReversed());
          return a44;
        };
        print(show(r37.push((a35 % 0.1))));
      }
    }
    return a35;
  };
  print(show(new Set(['😀!', 2, '-0'].join('12').split('null'))));
  print(`f34 ${show(f34)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task50 = async () => {
  print('task 0 step 0');
  const w51 = await never(0, new TypeError(`<${undefined}|${'-0'}>`));
  print(show(w51));
  print(show(new Map([['😀!', ('é' + 1e21)], [undefined, Array.from('12')[3]]])));
  let v52 = clip([...'a'.split(' 7 '), true].some(x53 => (!'x,y,z') || x53 !== 2));
  print('task 0 step 1');
  const w54 = await Promise.allSettled([E(target).echo(new Map([]).get(0.1)), (0b101 ?? -2.5)]);
  print(show(w54));
  const v55 = clip(Object.keys(Object.fromEntries(new Map([['a', true], [null, -1]]))).indexOf(Math.imul(-0, 'a-b')));
  const { a: d56 = ['null'][0], [`k${'ey'}`]: d57, ...d58 } = ({ 0: ' 7 ', 0: ({ a: null, ['12']: 255n })?.a });
  print(show([-2.5, undefined, d56].some(x59 => [d56, 'B', d57].some(x60 => v52 || x60 === d56) || x59 !== 255n)));
  let i61 = 0;
  do {
    tick();
  } while (++i61 < 1);
  print('task 0 step 2');
  await Promise.resolve(Promise.race([later(1, 7n), later(0, ((p62 = 0.1) => d56)('12'))])).finally(() => (print('c63') ?? new Map([[0n, 1], ['B', 'a']]).get('x,y,z')));
  return ['é'][2];
};
task50().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

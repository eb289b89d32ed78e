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
  let v1 = clip(new Set([]));
  v1 = clip(v1);
  print(show(((p2 = true) => p2)((({ a: 'B' })?.a && ((p3 = '😀!') => true)('0x1f')))));
  const v4 = clip(({}));
  for (let i5 = 0; i5 < 1; i5++) {
    tick();
  }
  print(show('a'.split('x,y,z').filter(x6 => (true && true) || x6 !== true).lastIndexOf(BigInt(2 | 0))));
  print(`v4 ${show(v4)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n8 = 0;
  for (const x7 of new Set(['é'].slice(0, 0))) {
    tick();
    if (++n8 > 6) break;
    const f10 = function (a11, a12 = 'null', ...r13) {
      tick();
      let v14 = clip(({ a: (false ? 1 : 0.1), b: (false ? 0xff : 0.1), 0: a12 }));
      const v15 = clip((BigInt((true ? 0b101 : -2.5) | 0) * ((0n & 7n) & BigInt.asUintN(18, 1n))));
      return 'é';
    };
    switch (x7) {
      case Math.sign(-2.5): {
        print(show(f10((f10(...[x7], 1e21) || false), '')));
      }
      default: {
      }
      case new Map([[undefined, 2147483647], [x7, x7]]).get(-3n): {
        break;
      }
      case x7: {
      }
    }
  }
  print(show('a'.split(/a/).map(x16 => new Map([[-1, '0x1f'], ['null', x16]]).get(-9007199254740993n)).join('😀!')));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(Object.fromEntries(new Map([]))));
  print(show(new Set(Array.from(`<${255n}|${'null'}>`))));
  const f17 = function (a18, a19 = false, ...r20) {
    tick();
    let n22 = 0;
    l23: for (const x21 of new Set(r20)) {
      tick();
      if (++n22 > 6) break;
      if ((!a18)) break l23;
    }
    return a19;
  };
  print(show('é'));
  print(`f17 ${show(f17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  print((1_000).toFixed(0) + show(await Promise.any([later(3, [null, '😀!'].at(3)), Promise.resolve(later(1, (true ? '-0' : ' 7 '))).catch(e => (print(`c26 ${show(e)}`) ?? later(1, (true ? '😀!' : 3)))).then(x => (print(`c27 ${show(x)}`) ?? later(1, 0))), Promise.all([later(1, ({ 1: '0x1f' })?.[0]), later(1, new Map([[-2.5, 0]]).get(1e-7)), later(3, false)])])) + show(await 255n));
  let n29 = 0;
  l30: for (const x28 of new Set([' 7 ', 7n, 2147483647].flatMap((x, i) => [i, x]))) {
    tick();
    if (++n29 > 6) break;
    const [d32 = ('x,y,z' || x28), d33, ...d34] = [...'x,y,z'.split(/a/), 12345678901234567890n];
    const { a: d35 = d32, [`k${'ey'}`]: d36, ...d37 } = ({ a: 2, 1: ' 7 ', ['a']: (0b101 && -0) });
    await Promise.resolve(E(target).bad(d34.at(2))).catch(e => (print(`c38 ${show(e)}`) ?? Promise.any([later(3, ['B', undefined].at(-2)), later(3, new Map([[0n, 0.1]]).get(255n))]))).then(x => (print(`c39 ${show(x)}`) ?? later(3, ('' ?? NaN))));
  }
  return ('B' && null);
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

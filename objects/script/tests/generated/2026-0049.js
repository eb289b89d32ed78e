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
  const f1 = function (a2, a3 = 7, ...r4) {
    tick();
    print(show(new Map([[-0, ((p5 = true) => p5)(undefined, 0.1)]]).get(a3)));
    const { a: d6 = a2, [`k${'ey'}`]: d7, ...d8 } = Object.assign({}, Object.assign({}, ({ ['😀!']: 7 }), ({ [' 7 ']: a3, key: null })), ({ key: 'null' }));
    try {
      throw false;
    }
    finally {
      print('finally');
    }
    return new Map([[null, a3]]).get([][2]);
  };
  print(show(Array.from(new Set([2].toReversed()))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i9 = 2;
  while (i9-- > 0) {
    tick();
    try {
      function f10(a11, a12 = (false ? 'é' : undefined), ...r13) {
        tick();
        const v14 = clip(({ 1: ((a12 ?? 0) ?? (false ? a12 : 255n)), 0: ((false || true) ? a12 : ((p15 = a11) => undefined)(0.1, a12)) }));
        let v16 = clip(new Map([[-0, ('x,y,z' ?? -2.5)], [Infinity, a11]]));
        print(show((v14.b = a11)));
        print(show((r13.indexOf(((p17 = 0n) => 'a')(a11, null)) < 0xff)));
        return ('12' ?? a12);
      }
    }
    catch (e18) {
      print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
    }
  }
  print(show(((!(true ? '-0' : 0)) && new Map([]).has(i9))));
  print(`i9 ${show(i9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  function f19(a20, a21 = 'x,y,z', ...r22) {
    tick();
    const f23 = (a24, a25 = 255n, ...r26) => {
      tick();
      const f27 = (a28, a29 = ('a' ?? undefined), ...r30) => {
        tick();
        let v31 = clip(new Set(`<${a28}|${'é'}>`.split(/(\w)(\w)?/)));
        print(show(new Map(Object.entries(({ ['😀!']: 7, 1: ({ b: 2, 1: a24 })?.[0], 0: ((p32 = a21) => null)(2, null) })))));
        return r30.toReversed()[0];
      };
      try {
        print(show(new Set([a21].toSorted())));
        let v33 = clip(((Math.floor(255) >>> 3) >= (- (~7))));
        throw (null ?? 10);
      }
      catch (e34) {
        print(`caught ${show(e34)} ${e34 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return (3).toPrecision(2);
    };
    return ({ ...({}), ...({ key: 12345678901234567890n, a: 12345678901234567890n, key: a20 }) })?.[1];
  }
  print(show(('a' in ({ ['null']: undefined }))));
  print(`f19 ${show(f19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task35 = async () => {
  print('task 0 step 0');
  await Promise.any([Promise.allSettled([later(3, (true ?? '-0')), later(0, ({ 1: 'null' })?.a)]), (false ? null : true)]);
  l38: for (let i37 = 0; i37 < 2; i37++) {
    tick();
    let v39 = clip((typeof -2.5).split(/[a-z]+/));
    let v40 = clip(new Map([[null, ((p41 = -9007199254740993n) => p41)()]]));
    print(show(((p42 = 255) => p42)((2147483647 / Infinity))));
  }
  let v43 = clip((- ('a'.length >>> Number(' 7 '))));
  print('task 0 step 1');
  await new Promise(resolve => resolve(later(3, (0 ?? 'é'))));
  return (true ? 3 : 'B');
};
task35().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task44 = async () => {
  print('task 1 step 0');
  await later(0, ' 7 ');
  let v45 = clip((((-1 >>> 1) + (NaN % 4294967296)) - (~(+7))));
  l47: for (let i46 = 0; i46 < 3; i46 += 1) {
    const f48 = (x = 1) => `${i46}${typeof x}`;
    tick();
    const v49 = clip([' 7 ', undefined]);
    print((true ? '😀!' : 'é') + show(await later(0, 7)) + show(await 0b101));
  }
  print('task 1 step 1');
  const w54 = await Promise.resolve(Promise.resolve(later(3, -1)).catch(e => (print(`c50 ${show(e)}`) ?? later(0, [0.1, 0xff][0])))).catch(e => (print(`c51 ${show(e)}`) ?? E(target).echo(new Map([[null, 'é']]).get(0.1)))).then(x => (print(`c52 ${show(x)}`) ?? NaN)).finally(() => (print('c53') ?? Promise.resolve(0.1)));
  print(show(w54));
  return [true, '-0', 1_000][0];
};
task44().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task55 = async () => {
  print('task 2 step 0');
  await Promise.resolve(255);
  const [d56 = 'null', d57, ...d58] = [true, undefined];
  const v59 = clip(new Map([[null, ((7 === -1) ? 1n : -2.5)], ['a', (d57 ?? '-0')]]));
  let n61 = 0;
  l62: for (const x60 of [].join('a').slice(4)) {
    tick();
    if (++n61 > 6) break;
  }
  print('task 2 step 1');
  print(String([255n]) + show(await new Promise(resolve => resolve(Promise.resolve(later(3, d58[1])).then(x => (print(`c64 ${show(x)}`) ?? later(3, (true ? d57 : d56)))).then(x => print(`c65 ${show(x)}`), e => print(`c65! ${show(e)}`))))) + show(await d57));
  print('task 2 step 2');
  const w66 = await Promise.allSettled([Promise.resolve('12'), later(3, new Map([[true, '😀!'], [d56, 255n]]).get(true)), E(target).bad(true)]);
  print(show(w66));
  return d56;
};
task55().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

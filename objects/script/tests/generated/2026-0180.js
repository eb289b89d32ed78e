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
  let v1 = clip(((p2 = '😀!') => (p2 <= 0xff))(' 7 ', new Map([]).get(Infinity)));
  const f3 = (a4, a5 = ((p7 = 12345678901234567890n) => undefined)(), ...r6) => {
    tick();
    const f8 = (a9, a10 = (false ? -3n : 0.1), ...r11) => {
      tick();
      const v12 = clip((typeof v1));
      const v13 = clip(-9007199254740993n);
      if (new Map([]).get(new Map([['0x1f', undefined], [a9, a5]]).get('😀!'))) {
      }
      return ({ a: -2.5, 0: v1, 0: null })?.[1];
    };
    return ({ a: '-0', b: a5, a: null })?.b;
  };
  print(show([]));
  print(`f3 ${show(f3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if ((({ a: 255, a: 0xff })?.key === ((p14 = 'a-b') => p14)(true))) throw '😀!';
  print(show(((p15 = -2.5) => p15)((new Set([-9007199254740993n]).has(-1) ? [][0] : (7 ?? 2147483647)))));
  print('B'.replace(/\d+/g, (m, ...more) => `${m}${more.length}`) + show(await never(3, ((p16 = 3) => '12')())) + show(await ' 7 '));
  print(show(BigInt.asUintN(59, (0n - BigInt(10 | 0)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f17 = function (a18, a19 = 3, ...r20) {
    tick();
    function f21(a22, a23 = (a18 ?? a19), ...r24) {
      tick();
      a18 = clip(((a18 * 0) << 0xff));
      let v25 = clip(({ ...({ ...Object.assign({}, ({ key: undefined, b: null }), ({ ['null']: '0x1f' })), ...({ 0: 'B', a: '', b: undefined }) }), ...({ ...Object.assign({}, ({ b: 7, 0: a23 }), ({ key: 'a', key: a23 })), ...Object.fromEntries(new Map([[a18, a19], [a18, true]])) }) }));
      return (('0x1f' && null) ?? a22);
    }
    try {
      throw new TypeError(('12' + 'B'));
    }
    catch (e26) {
      print(`caught ${show(e26)} ${e26 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return 255n;
  };
  print(show(({})));
  print(`f17 ${show(f17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n28 = 0;
  for (const x27 of new Set(Array.from('12'))) {
    tick();
    if (++n28 > 6) break;
    try {
      const v30 = clip(new Map([[10, x27]]));
      print(show(v30.set(BigInt(Infinity | 0), 'a').size));
      throw 'x,y,z';
    }
    catch (e31) {
      print(`caught ${show(e31)} ${e31 instanceof TypeError}`);
      let v32 = clip(new Map([]).has(x27));
      let [d33, d34] = [0b101, x27];
      [d33, d34] = [d34, d33];
      let [d36, d37] = [(null || 1n), x27];
      [d36, d37] = [d37, d36];
    }
    finally {
      print('finally');
      let v39 = clip(['null', NaN]);
      const f40 = (a41, a42 = ((p44 = 1e21) => 'é')(), ...r43) => {
        tick();
        return a42;
      };
    }
  }
  print(show(Object.assign({}, ({ a: ({ a: 1.5, 0: true, key: '😀!' })?.b }), ({}))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task45 = async () => {
  print('task 0 step 0');
  print('B' + show(await Promise.any([new Promise(resolve => resolve(later(3, (undefined ?? undefined)))), never(1, 255n)])) + show(await 0b101));
  print(show(((p47 = true) => String([1.5]))((-1 & 0xff))));
  let n49 = 0;
  l50: for (const [k51, x48] of new Map([[undefined, false]])) {
    tick();
    if (++n49 > 6) break;
    const v52 = clip(['B'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).map(x53 => x48).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  }
  print('task 0 step 1');
  print((typeof null) + show(await never(0, 'B')) + show(await 'B'));
  print('task 0 step 2');
  await Promise.resolve(Promise.all([later(0, [].at(-1))])).then(x => (print(`c54 ${show(x)}`) ?? never(2, new Error(''.replace(/[a-z]+/g, (m, ...more) => `${m}${more.length}`))))).catch(e => (print(`c55 ${show(e)}`) ?? ({ then: (resolve, reject) => later(2, '').then(resolve) }))).finally(() => (print('c56') ?? ({ then: (resolve, reject) => later(2, ('😀!' ?? undefined)).then(resolve) })));
  return (false ? undefined : undefined);
};
task45().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

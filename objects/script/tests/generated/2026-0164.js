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
  try {
    try {
      let [d1, d2] = ['a-b', ['0x1f'][2]];
      [d1, d2] = [d2, d1];
      if (('key' in Object.assign({}, ({}), ({ key: 'B', key: 0, a: d1 })))) throw new TypeError(['x,y,z'].join('a'));
      function f4(a5, a6 = ((p8 = null) => 7)('😀!', 'a-b'), ...r7) {
        tick();
        r7 = clip(Array.from((typeof 3)).flatMap((x, i) => [i, x]));
        let [d9, d10] = [({})?.[1], 'null'];
        [d9, d10] = [d10, d9];
        return ((p12 = true) => 255n)(...[['é', null, 255n][0]], 'null');
      }
      throw new Error(String(JSON.stringify(4294967296, null, 1)));
    }
    catch (e13) {
      print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
    }
    throw 'a-b';
  }
  catch (e14) {
    print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map(Object.entries(({ a: 'a-b', 0: (true ? '0x1f' : 'é'), ['😀!']: [undefined][2] })))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f15 = (a16, a17 = [][0], ...r18) => {
    tick();
    function f19(a20, a21 = a17, ...r22) {
      tick();
      const v23 = clip(({ a: r18.every(x24 => false || x24 !== a16), ['😀!']: new Map(Object.entries(({ key: a21 }))).get('x,y,z') }));
      if ((!a20)) throw (true ?? NaN);
      const v25 = clip(('a' in v23));
      const [d26 = 0, d27, ...d28] = r22.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).map(x29 => (a17 ?? 0));
      const f30 = function (a31, a32 = 12345678901234567890n, ...r33) {
        tick();
        return a31;
      };
      return parseFloat('B');
    }
    return a17;
  };
  print(show((((!-0) ? Math.sign(1_000) : Math.clz32(10)) >= (- (-2.5 | Infinity)))));
  print(`f15 ${show(f15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    print(show([].join(' 7 ').length));
    const v34 = clip(new Map([[1e-7, (false ? -0 : -1)]]));
    print(show(((p35 = true) => p35)((((p36 = true) => -3n)('-0') ?? 7), (1n ?? NaN))));
  }
  catch (e37) {
    print(`caught ${show(e37)} ${e37 instanceof TypeError}`);
  }
  print(show(new Map([[true, -3n]])));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task38 = async () => {
  print('task 0 step 0');
  print((255).toExponential(0) + show(await Promise.any([never(0, ('12' || true)), Promise.allSettled([later(1, (true ? 0.1 : -3n))]), { then: (resolve, reject) => later(2, [true].at(-2)).then(resolve) }])) + show(await 0xff));
  let i39 = 0;
  do {
    tick();
    const f40 = (a41, a42 = (0 || 'null'), ...r43) => {
      tick();
      function f44(a45, a46 = a41, ...r47) {
        tick();
        const f48 = (a49, a50 = (true ? a41 : 'a-b'), ...r51) => {
          tick();
          const v52 = clip(((!(false ? null : a42)) ? a46 : a41));
          return (({ 1: undefined, ['😀!']: v52 })?.b || 4294967296);
        };
        return (1e21 ^ 0b101);
      }
      return a41;
    };
  } while (++i39 < 4);
  print('task 0 step 1');
  await later(2, '😀!');
  print('task 0 step 2');
  await Promise.race([Promise.resolve((0n || true)), later(2, (255n || 0.1)), never(3, (true ?? ''))]);
  return ((p53 = 10) => true)(null, '12');
};
task38().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task54 = async () => {
  print('task 1 step 0');
  await E(target).slow((false ? '😀!' : 0b101));
  let n56 = 0;
  for (const x55 of new Set(Object.values(({ 0: 7n })))) {
    tick();
    if (++n56 > 6) break;
    const { a: d58 = 1, [`k${'ey'}`]: d59, ...d60 } = ({ 0: x55, a: (true ? x55 : x55), ['B']: -2.5 });
    let v61 = clip(new Map([[0n, (x55 || 'a-b')]]));
    print(show((d60.a = ((p62 = null) => p62)([2, 7][1], -0))));
  }
  print('task 1 step 1');
  const w63 = await -0;
  print(show(w63));
  return true;
};
task54().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

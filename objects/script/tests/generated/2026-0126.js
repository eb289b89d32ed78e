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
  let v1 = clip(new Map([]).get(([0n][0] ?? (null || true))));
  let v2 = clip(String([v1, v1]));
  print(show(['', v1, 'B']));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if ('x,y,z'.trim()) {
    try {
      print(show(Object.keys(Object.assign({}, Object.assign({}, ({ key: 1n }), ({})), ({})))));
      let n4 = 0;
      for (const x3 of ['é', true, 10]) {
        tick();
        if (++n4 > 6) break;
        const v6 = clip((new Map([]).get(x3) >= x3));
      }
      throw new RangeError([].join('a'));
    }
    catch (e7) {
      print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(((BigInt(-0 | 0) * 0n) - BigInt([].findIndex(x8 => true || x8 < Infinity) | 0))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i9 = 2;
  while (i9-- > 0) {
    tick();
    let v10 = clip(new Set('12'.split(/a/)));
    switch (String(JSON.stringify('a', ['a', 'key']))) {
      case Math.fround(0.1): {
        const f11 = (a12, a13 = 1e-7, ...r14) => {
          tick();
          function f15(a16, a17 = new Map([]).get(1e-7), ...r18) {
            tick();
            if ((Math.min(0xff, '') === Math.min(2, 1))) throw new SyntaxError(`<${'-0'}|${''}>`);
            r14 = clip(Object.values(Object.assign({}, ({ ...({ b: a17, b: null }), ...({ b: undefined, a: 1e21, 1: true }) }), ({ ['null']: 0xff }))));
            return ({ ['😀!']: a17, b: 3 })?.a;
          }
          return a12;
        };
        break;
      }
    }
  }
  print(show(new Set('12'.charAt(3).split('0x1f'))));
  print(`i9 ${show(i9)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task19 = async () => {
  print('task 0 step 0');
  print('12'.replace(/b*?/, '<$&$1>') + show(await Promise.resolve(Promise.race([later(1, ''), later(0, ({ 0: null })?.[0]), later(1, (true ? 1_000 : '12'))])).then(x => (print(`c20 ${show(x)}`) ?? 4294967296)).then(x => print(`c21 ${show(x)}`), e => print(`c21! ${show(e)}`))) + show(await 'a'));
  if ((-3n ?? '')) {
    const v22 = clip(((p23 = 1e-7) => ((true && true) ? p23 : (false ? NaN : 10)))());
    print(show(Object.assign({}, ({}), Object.fromEntries(new Map([])))));
  }
  else {
  }
  print('task 0 step 1');
  await Promise.resolve(new Promise(resolve => resolve(later(2, new Map([[4294967296, null], [2, 0n]]).get(true))))).finally(() => (print('c24') ?? never(2, (1.5 && -1)))).then(x => print(`c25 ${show(x)}`), e => print(`c25! ${show(e)}`));
  return '0x1f';
};
task19().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task26 = async () => {
  print('task 1 step 0');
  const w27 = await E(target).echo(new Map([[1e21, true], [true, undefined]]).get(2147483647));
  print(show(w27));
  for (let i28 = 0; i28 < 3; i28++) {
    tick();
    print(show(Math.abs(i28)));
    print(show(((p29 = -1) => (({})?.a && [p29, 1n, p29].at(0)))(({})?.b, i28)));
    let v30 = clip(('key' in ({ b: (true || true), ['']: 1e21, key: 7n })));
    print(show(((p31 = null) => ({ ['x,y,z']: null, 1: 1.5, key: p31 })?.b)()));
  }
  print('task 1 step 1');
  const w32 = await new Promise(resolve => resolve(Promise.all([later(3, 0b101), later(3, 255)])));
  print(show(w32));
  return false;
};
task26().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip(12345678901234567890n);
  switch ((NaN + -2.5)) {
    case (null ?? 1.5): {
      let [d2, d3] = [(false ? undefined : '0x1f'), [7, 2147483647].at(-2)];
      [d2, d3] = [d3, d2];
      const v5 = clip(new Map([]));
      try {
        throw new Error((typeof '0x1f'));
      }
      finally {
        print('finally');
      }
      break;
    }
    case ' 7 '.repeat(1): {
    }
  }
  print(show(((p6 = -3n) => `<${true}|${'0x1f'}>`)()));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    print((NaN).toExponential(3) + show(await Promise.allSettled([Promise.resolve(later(1, false)).catch(e => (print(`c7 ${show(e)}`) ?? later(2, 1n))).then(x => (print(`c8 ${show(x)}`) ?? later(3, -1))).then(x => (print(`c9 ${show(x)}`) ?? later(0, 'a-b')))])) + show(await 1e-7));
    let v10 = clip(new Map([[-2.5, Math.ceil(2147483647)], ['12', ({})?.[0]]]));
  }
  finally {
    print('finally');
    if ((!(0n ?? null))) throw new RangeError(`<${'-0'}|${'é'}>`);
    let n12 = 0;
    for (const x11 of [undefined, true].flatMap((x, i) => [i, x]).toReversed()) {
      tick();
      if (++n12 > 6) break;
      let v14 = clip(Array.from(((false && false) ? (-2.5).toPrecision(12) : ('B' + true))));
      print(show(v14.fill(x11, 1)));
    }
  }
  if ((new Map([['a', 'B'], ['a-b', 0n]]).get(' 7 ') <= -3n)) throw new TypeError(`<${7n}|${'é'}>`);
  for (let i15 = 0; i15 < 3; i15 += 2) {
    tick();
  }
  print(show((Math.imul(parseInt('0x1f'), [null, null, 4294967296].at(0)) / Number(`<${true}|${'😀!'}>`))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (`<${null}|${'12'}>`) {
    function f16(a17, a18 = -3n, ...r19) {
      tick();
      if (a18) {
        let v20 = clip(new Set(Object.keys(({ b: 1e21, a: -1 }))));
        print(show(v20.add(a18).size));
        const f21 = (a22, a23 = [4294967296][1], ...r24) => {
          tick();
          const v25 = clip(0.1);
          print(show(((p26 = '') => a23)()));
          print(show(((p27 = 'é') => p27)()));
          return a17;
        };
      }
      return a17;
    }
  }
  print(show((((undefined * 0) * (~-0)) >>> Math.clz32((1e-7 >> 255)))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task28 = async () => {
  print('task 0 step 0');
  const w29 = await never(3, new RangeError(`<${'-0'}|${'😀!'}>`));
  print(show(w29));
  print(show(((p30 = '😀!') => Object.assign({}, ({ b: p30 }), ({ a: p30 }))?.key)(Boolean('0x1f'))));
  let n32 = 0;
  for (const x31 of ['null'].slice(0, 2)) {
    tick();
    if (++n32 > 6) break;
    let v34 = clip((new Set([x31, 0.1]).has(x31) ? (+(- 2)) : ([].indexOf(x31) % 1e-7)));
    v34 = clip(v34);
  }
  print('task 0 step 1');
  print(String(JSON.stringify(({ ['x,y,z']: '', ['0x1f']: true }))) + show(await Promise.any([later(3, 'a'), E(target).echo(0n), later(0, 'a')])) + show(await -0));
  print('task 0 step 2');
  print(['a-b'].join('12') + show(await E(target).slow(Infinity)) + show(await 'B'));
  return new Map([['😀!', 0n]]).get(true);
};
task28().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

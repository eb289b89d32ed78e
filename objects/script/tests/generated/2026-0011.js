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
  const { a: d1 = ({})?.b, [`k${'ey'}`]: d2, ...d3 } = Object.fromEntries(new Map([[true, 1n], [' 7 ', null]]));
  const [d4 = d1, d5, ...d6] = [...' 7 '.split('B'), d1];
  if (d6[1]) {
    let n9 = 0;
    for (const x8 of [d2, d5].filter(x7 => (true <= d5) || x7 !== 'B')) {
      tick();
      if (++n9 > 6) break;
      switch (d1) {
        case 0: {
          let v11 = clip(7n);
          if ((new Set([]).has(undefined) && ('1' in ({ a: undefined })))) throw [null, x8][2];
          break;
        }
        case (false ? 'a' : 'é'): {
          break;
        }
      }
    }
  }
  else {
  }
  print(show(new Set(d6.concat(d6))));
  print(`d5 ${show(d5)}`);
  print(`d4 ${show(d4)}`);
  print(`d6 ${show(d6)}`);
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
  print(`d3 ${show(d3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    try {
      const v12 = clip((Math.round(Math.imul(0xff, -1))).toFixed(5));
      let n14 = 0;
      for (const x13 of new Set('x,y,z'.split('a'))) {
        tick();
        if (++n14 > 6) break;
        print(show(((10).toExponential(5).length + Math.clz32((false ? 1e21 : -0)))));
        const v16 = clip(new Set([...[x13, true, 'é'].slice(1, 3), (false ? -9007199254740993n : x13)]));
        const v17 = clip(v12);
      }
      throw ({ 1: null, ['a-b']: 0.1 })?.b;
    }
    finally {
      print('finally');
    }
    throw ((p18 = 1.5) => 'a-b')(...[0n], 'B');
  }
  catch (e19) {
    print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
  }
  print(show(new Set([].concat([]).map(x20 => x20))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task21 = async () => {
  print('task 0 step 0');
  await later(2, 10);
  l23: for (let i22 = 0; i22 < 4; i22 += 1) {
    tick();
    if (Array.isArray('12')) break l23;
    if (((true || true) && Boolean('a'))) return (1e-7 | 0).toString(18);
  }
  print('task 0 step 1');
  await E(target).bad(false);
  return new Map([[7n, 1n], ['0x1f', 1.5]]).get('null');
};
task21().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task24 = async () => {
  print('task 1 step 0');
  print('12'.trim() + show(await Promise.resolve(Promise.resolve(later(2, false)).catch(e => (print(`c25 ${show(e)}`) ?? later(0, (12345678901234567890n ?? 'null')))).then(x => (print(`c26 ${show(x)}`) ?? later(3, 'B'))).then(x => (print(`c27 ${show(x)}`) ?? later(3, 1.5)))).catch(e => (print(`c28 ${show(e)}`) ?? later(1, (true && NaN)))).finally(() => (print('c29') ?? Promise.race([later(3, (0.1 ?? undefined)), later(1, ({ 1: undefined, a: 'a-b', a: 2 })?.[0]), later(1, 1)]))).catch(e => (print(`c30 ${show(e)}`) ?? Promise.resolve(false)))) + show(await -9007199254740993n));
  let n32 = 0;
  l33: for (const [k34, x31] of new Map(Object.entries(({ ...({}), ...({ ['é']: null }) })))) {
    tick();
    if (++n32 > 6) break;
    const f35 = (a36, a37 = x31, ...r38) => {
      tick();
      const v39 = clip(r38.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).concat([' 7 ', a36, '-0'].slice(1, 2)).every(x40 => (2147483647 === -3n) || x40 === k34));
      let [d41, d42] = [2147483647, a37];
      [d41, d42] = [d42, d41];
      return d42;
    };
  }
  print('task 1 step 1');
  const w49 = await Promise.allSettled([E(target).slow(1.5), Promise.resolve(later(3, true)).finally(() => (print('c45') ?? later(1, ((p46 = 'x,y,z') => p46)(...['0x1f'], true)))).then(x => print(`c47 ${show(x)}`), e => print(`c47! ${show(e)}`)).then(x => (print(`c48 ${show(x)}`) ?? later(3, (1n || 'a')))), new Promise(resolve => resolve(later(3, 'a-b')))]);
  print(show(w49));
  return (undefined ?? '0x1f');
};
task24().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let n2 = 0;
  l3: for (const x1 of new Set([1n].concat([-3n]))) {
    tick();
    if (++n2 > 6) break;
    let n6 = 0;
    for (const x5 of Array.from(new Set([x1, x1, -1]))) {
      tick();
      if (++n6 > 6) break;
      const f8 = function (a9, a10 = x1, ...r11) {
        tick();
        for (let i12 = 0; i12 < 1; i12 += 2) {
          const f13 = (x = 1) => `${i12}${typeof x}`;
          tick();
          let v14 = clip(new Set([true, 'é'].concat(r11)));
        }
        return ({ b: '-0', 0: x5 })?.[1];
      };
    }
  }
  print(show(Object.fromEntries(new Map(Object.entries(Object.fromEntries(new Map([[0xff, undefined]])))))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n16 = 0;
  l17: for (const x15 of Array.from(new Set([]))) {
    tick();
    if (++n16 > 6) break;
    print(show(new Map([[x15, ((p19 = 2) => ({ key: '' })?.key)(...[-0], ((p20 = 'é') => true)('x,y,z'))], [0xff, x15]])));
    let n22 = 0;
    for (const x21 of new Set([...[-1, 'a-b', 7n], x15])) {
      tick();
      if (++n22 > 6) break;
      switch (x15) {
        default: {
        }
        case 10: {
          break;
        }
        case (x15 - 1): {
          break;
        }
      }
    }
  }
  print(show((new Set(['-0', '-0']).has(0b101) || [true, undefined, true][0])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ((2147483647 || (false ? 2 : 'x,y,z'))) {
    const v24 = clip(new Map([]));
    print(show((((+1e21) - Math.min(255, 1)) | 0).toString(36)));
    const v25 = clip(4294967296);
  }
  else {
  }
  print(show((typeof (false ? -2.5 : 'a'))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const w27 = await Promise.resolve(Promise.all([later(2, ['😀!', null][0]), later(2, 'é')])).catch(e => (print(`c26 ${show(e)}`) ?? new Promise(resolve => resolve(later(3, -2.5)))));
  print(show(w27));
  function f28(a29, a30 = ('a-b' ?? -2.5), ...r31) {
    tick();
    if ((!a30)) return a29;
    try {
      const v32 = clip(a30);
    }
    catch (e33) {
      print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
    }
    return new Map([[null, a30], [a30, a29]]).get('B');
  }
  print(show(({ a: 10, a: 'null' })?.key));
  print(`f28 ${show(f28)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task34 = async () => {
  print('task 0 step 0');
  print('a'.charAt(-3) + show(await Promise.resolve(new Promise(resolve => resolve(later(0, true)))).then(x => (print(`c35 ${show(x)}`) ?? E(target).slow('-0'))).then(x => (print(`c36 ${show(x)}`) ?? E(target).slow(7n))).catch(e => (print(`c37 ${show(e)}`) ?? Promise.any([later(3, (true ? '-0' : 'null')), later(1, 1e-7), later(2, 7)])))) + show(await 1.5));
  try {
    const v39 = clip(new Map([['12', 'a-b'], [2, ((p40 = undefined) => 'null')()]]));
    const v42 = clip(['😀!', 'a'].map(x43 => x43).findIndex(x44 => (10 === NaN) || x44 >= true));
    if (/[^a]/i.test(String(JSON.stringify(({ b: NaN, 1: -1, a: null }), null, 1)))) return String(JSON.stringify(1.5));
  }
  catch (e45) {
    print(`caught ${show(e45)} ${e45 instanceof TypeError}`);
    print(show(((p46 = 0n) => new Map(Object.entries(({ key: 0xff, 0: p46 }))).get(0n))()));
    let v47 = clip(Array.from(new Set([true])).concat([1e21].map(x48 => x48).flatMap((x, i) => [i, x])));
    const [d49 = ('a-b' && null), d50, ...d51] = [...[true, '😀!'], 'null'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0));
  }
  finally {
    print('finally');
  }
  return ({})?.b;
};
task34().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  if ([].every(x1 => (false || true) || x1 === 7n)) throw ({ ['é']: 'B', 0: 255n })?.[0];
  let v2 = clip((7n % BigInt.asUintN(26, (7n - 7n))));
  try {
    try {
      const f3 = function (a4, a5 = 3, ...r6) {
        tick();
        return ((false ? a4 : 0) ?? a4);
      };
      throw new RangeError(('0x1f' + true));
    }
    catch (e7) {
      print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
    }
  }
  catch (e8) {
    print(`caught ${show(e8)} ${e8 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((~Number(`<${-1}|${'null'}>`))));
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f9(a10, a11 = (false ? 'é' : true), ...r12) {
    tick();
    a10 ||= clip(a10);
    function f13(a14, a15 = a10, ...r16) {
      tick();
      try {
        throw new TypeError([].join('12'));
      }
      catch (e17) {
        print(`caught ${show(e17)} ${e17 instanceof TypeError}`);
      }
      return a15;
    }
    return (null % 1.5);
  }
  print(show(-0));
  print(`f9 ${show(f9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  print((typeof null) + show(await later(2, new Map([[1, '-0'], [true, '12']]).get(true))) + show(await '😀!'));
  if (({ b: 0.1 })?.a) {
    const w19 = await never(2, new Map([]).get(true));
    print(show(w19));
    const v20 = clip(({}));
  }
  print('task 0 step 1');
  const w23 = await Promise.race([Promise.resolve((0b101 || true)), Promise.resolve(later(1, '0x1f')).then(x => (print(`c21 ${show(x)}`) ?? later(1, (2 ?? 255n)))).then(x => (print(`c22 ${show(x)}`) ?? later(2, (7 || -2.5)))), later(3, new Map([[0.1, true], [1n, true]]).get('12'))]);
  print(show(w23));
  print('task 0 step 2');
  print(String(JSON.stringify([NaN], ['a', 'key'])) + show(await Promise.race([new Promise((resolve, reject) => reject((true ? 'a-b' : undefined))), ({ 0: null, key: Infinity, b: 10 })?.a])) + show(await undefined));
  return 1;
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task24 = async () => {
  print('task 1 step 0');
  await new Promise(resolve => resolve(later(1, [undefined, '-0'][0])));
  let v25 = clip(Object.assign({}, ({ 1: (undefined || 1e21), b: 'é', 0: new Map([[1_000, 'B'], [null, 0b101]]).get(-3n) }), Object.fromEntries(new Map([['-0', 0], ['', 1e21]]))));
  let n27 = 0;
  for (const x26 of [-2.5, 'null', '😀!']) {
    tick();
    if (++n27 > 6) break;
    const f29 = function (a30, a31 = (x26 || 'a-b'), ...r32) {
      tick();
      print(show(r32.sort()));
      let v33 = clip(/\s*,\s*/.test((' 7 '.concat(a30) + a31)));
      let v34 = clip(new Map(Object.entries(Object.assign({}, v25, v25))));
      return (('0' in ({})) ? -0 : a31);
    };
  }
  print('task 1 step 1');
  print(String([2, -2.5]) + show(await Promise.resolve(true)) + show(await 2));
  return '0x1f';
};
task24().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

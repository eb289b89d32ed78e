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
  let v1 = clip(new Map([[true, new Map([]).get(255n)], [255, ((null >= 7n) ? 255 : '😀!')]]));
  function f2(a3, a4 = 'a-b', ...r5) {
    tick();
    let v6 = clip([a4, a3, true]);
    const v7 = clip((+Math.min((a4 / 1.5), ({ a: a3, 0: a4, a: a3 })?.[1])));
    return Math.max(v7, a3);
  }
  print(show(((~0b101)).toExponential(7).slice(4)));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n10 = 0;
  for (const x9 of [2, 255, Infinity].map(x8 => x8).join('é')) {
    tick();
    if (++n10 > 6) break;
    try {
      print(show(x9));
      const f12 = function (a13, a14 = ('0x1f' && '0x1f'), ...r15) {
        tick();
        return (x9 > a13);
      };
    }
    catch (e16) {
      print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
    }
  }
  print(show(['12'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task17 = async () => {
  print('task 0 step 0');
  await E(target).slow('x,y,z');
  let n19 = 0;
  l20: for (const [k21, x18] of new Map(Object.entries(({ b: true, ['B']: 7 })))) {
    tick();
    if (++n19 > 6) break;
    const v22 = clip((typeof BigInt(1e21 | 0)));
    const [d23 = 7n, d24, ...d25] = [].flatMap((x, i) => [i, x]).flatMap((x, i) => [i, x]);
    const v26 = clip(d24);
    if ((/\d+/.test('0x1f') && (!d24))) continue l20;
  }
  print('task 0 step 1');
  await E(target).echo('x,y,z');
  return ({ 0: 1e-7 })?.[1];
};
task17().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task27 = async () => {
  print('task 1 step 0');
  await Promise.resolve(Promise.all([later(1, (null ?? undefined))])).catch(e => (print(`c29 ${show(e)}`) ?? never(2, new RangeError('é'.toString())))).then(x => print(`c30 ${show(x)}`), e => print(`c30! ${show(e)}`));
  const f31 = function (a32, a33 = 'x,y,z', ...r34) {
    tick();
    const v35 = clip(({}));
    const f36 = function (a37, a38 = ((p40 = true) => a33)(...['B'], a32), ...r39) {
      tick();
      const v41 = clip(a37);
      return ({ a: 'B', a: true })?.[1];
    };
    return (new Map([['null', a32], [a33, ' 7 ']]).has('B') ? 'a-b' : v35?.key);
  };
  print('task 1 step 1');
  print('a'.replace(/\d+/, '<$&$1>') + show(await never(2, ['x,y,z'].at(-1))) + show(await 'x,y,z'));
  print('task 1 step 2');
  await E(target).echo(12345678901234567890n);
  return false;
};
task27().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  print(show(new Set([undefined, '', 'B'].flatMap((x, i) => [i, x]).map(x1 => 'x,y,z'))));
  switch ((false ? '😀!' : 'a-b')) {
    default: {
      try {
        if (((false ? true : undefined) > 0.1)) throw new TypeError([null, 12345678901234567890n, ''].join('😀!'));
        await Promise.resolve(Promise.resolve(later(0, (true ? null : 0n))).then(x => print(`c3 ${show(x)}`), e => print(`c3! ${show(e)}`)).finally(() => (print('c5') ?? later(3, (4294967296 || null)))).then(x => print(`c6 ${show(x)}`), e => print(`c6! ${show(e)}`))).then(x => (print(`c7 ${show(x)}`) ?? Promise.any([later(2, (undefined ?? 'null')), later(1, (false ? Infinity : 255n))])));
        if (Number.isInteger(((p8 = 'x,y,z') => 'a')('a-b'))) throw (true ? 4294967296 : true);
        const f9 = (a10, a11 = ((p13 = null) => p13)(1e21, 0), ...r12) => {
          tick();
          return [a11, 7].lastIndexOf('null');
        };
        throw new TypeError('null');
      }
      catch (e14) {
        print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    case (1_000 && undefined): {
      break;
    }
  }
  print(show(String(JSON.stringify(((false ? 'x,y,z' : '') + ({ b: 0, 0: undefined, 1: null })?.key), ['a', 'key']))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n16 = 0;
  l17: for (const x15 of []) {
    tick();
    if (++n16 > 6) break;
    try {
      if (x15) {
        const { a: d19 = x15, [`k${'ey'}`]: d20, ...d21 } = ({ 1: (false ? undefined : 1e-7), b: '' });
        const v22 = clip(new Map([[undefined, d19]]));
        print(show(v22.delete(((-1 < Infinity) ? v22.get(2) : ({})?.b))));
        print(show(v22.delete([...'é'].toReversed().join(''))));
      }
      else {
      }
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set(Array.from((typeof undefined)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task23 = async () => {
  print('task 0 step 0');
  print(String([null]) + show(await Promise.any([Promise.resolve('a'), Promise.allSettled([later(0, 1e21), later(0, 2147483647)])])) + show(await '12'));
  const [d24 = 3, d25, ...d26] = [].map(x27 => x27);
  print(show(d26.push(d24)));
  if ((!d25)) throw d24;
  return d25;
};
task23().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task28 = async () => {
  print('task 1 step 0');
  print(String([true]) + show(await Promise.all([new Promise(resolve => resolve(later(2, ({})?.key))), never(0, false), Promise.resolve(later(3, 'B')).then(x => (print(`c30 ${show(x)}`) ?? later(3, new Map([[-1, 2147483647], [undefined, 'null']]).get(undefined)))).then(x => (print(`c31 ${show(x)}`) ?? later(0, ({ 0: 1n })?.key))).then(x => print(`c32 ${show(x)}`), e => print(`c32! ${show(e)}`))])) + show(await 1.5));
  let i33 = 0;
  l34: do {
    tick();
    if (((null || 255) > (undefined ?? null))) return ((p35 = '12') => p35)([undefined, null].at(2));
    const v36 = clip(([NaN].some(x37 => ('b' in ({})) || x37 !== 'é') && ((null && 0.1) < 1.5)));
  } while (++i33 < 4);
  print('task 1 step 1');
  const w38 = await E(target).echo((true ? 0.1 : 1e21));
  print(show(w38));
  return (true || undefined);
};
task28().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

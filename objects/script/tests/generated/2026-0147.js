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
  for (let i1 = 0; i1 < 3; i1 += 1) {
    tick();
    for (let i2 = 0; i2 < 2; i2 += 1) {
      const f3 = (x = 1) => `${i2}${typeof x}`;
      tick();
      try {
        print(`<${null}|${'null'}>` + show(await later(2, [''][2])) + show(await undefined));
        const v4 = clip([0b101, 'a-b']);
        throw new TypeError(('null' + Infinity));
      }
      finally {
        print('finally');
        const v5 = clip([255n].join('-0'));
        const [d6 = new Map([['B', true], [2, -3n]]).get(' 7 '), d7, ...d8] = [];
      }
    }
  }
  print(show(((BigInt.asUintN(25, 12345678901234567890n) % -9007199254740993n) % ((0n ^ 7n) / (0n / 12345678901234567890n)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d9 = '😀!', d10, ...d11] = [];
  if (d9) {
    let v12 = clip((BigInt.asUintN(57, 255n) | 7n));
    l14: for (let i13 = 0; i13 < 4; i13 += 1) {
      const f15 = (x = 1) => `${i13}${typeof x}`;
      tick();
      function f16(a17, a18 = d9, ...r19) {
        tick();
        print(show(f15(v12, (-9007199254740993n * 7n))));
        a17 = clip(((4294967296 / 1e-7) % i13));
        return i13;
      }
    }
  }
  print(show(Math.round(((false ? 1e-7 : 0) * Math.round(1e-7)))));
  print(`d10 ${show(d10)}`);
  print(`d9 ${show(d9)}`);
  print(`d11 ${show(d11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  await E(target).bad('é');
  for (let i21 = 0; i21 < 1; i21 += 1) {
    const f22 = (x = 1) => `${i21}${typeof x}`;
    tick();
    const v23 = clip(new Map(Object.entries(Object.assign({}, ({ ...({}), ...({ ['12']: '-0', b: undefined, key: 'x,y,z' }) }), ({ ...({}), ...({ ['-0']: 'B' }) })))));
    const f24 = function (a25, a26 = 255, ...r27) {
      tick();
      const f28 = (a29, a30 = f22(a25, 'x,y,z'), ...r31) => {
        tick();
        return f22(a29, a25);
      };
      return (({})?.b ?? a25);
    };
  }
  print('task 0 step 1');
  const w35 = await Promise.resolve({ then: (resolve, reject) => later(2, new Map([[-2.5, ' 7 '], ['B', 1e-7]]).get('😀!')).then(resolve) }).catch(e => (print(`c32 ${show(e)}`) ?? Promise.allSettled([later(1, false), later(1, [].at(1)), later(2, ({ b: 0xff, 1: 0n })?.[1])]))).catch(e => (print(`c33 ${show(e)}`) ?? new Promise(resolve => resolve(later(0, -0))))).catch(e => (print(`c34 ${show(e)}`) ?? (255n && 'a')));
  print(show(w35));
  return ({ b: NaN })?.key;
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task36 = async () => {
  print('task 1 step 0');
  await later(1, (null || 'x,y,z'));
  const v37 = clip(((Math.min(0, true) === (~1_000)) ? ((false || true) ? '😀!' : (-1 || 1e-7)) : (('null' ?? 255) || 'B')));
  await never(0, new TypeError(('a' + ' 7 ')));
  try {
    const f38 = function (a39, a40 = '0x1f', ...r41) {
      tick();
      return String([a39, undefined, undefined]);
    };
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  print((typeof v37) + show(await Promise.race([Promise.resolve(later(3, -9007199254740993n)).then(x => (print(`c42 ${show(x)}`) ?? later(2, ((p43 = 'a') => -9007199254740993n)()))).then(x => print(`c44 ${show(x)}`), e => print(`c44! ${show(e)}`))])) + show(await undefined));
  return '0x1f';
};
task36().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

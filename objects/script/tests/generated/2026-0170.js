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
  for (const x1 of String(JSON.stringify(({}), null, 1)).charAt(3)) {
    tick();
    if (++n2 > 6) break;
    const v4 = clip(BigInt.asUintN(23, BigInt.asUintN(21, -3n)));
    let v5 = clip((v4 | ((v4 ^ 7n) % BigInt(1e-7 | 0))));
    print(show(new Set(String(({ 0: 'a', b: '0x1f', 1: null })).split(/[^a]/i))));
    print(show(((p6 = null) => p6)()));
  }
  print(show(((p7 = -9007199254740993n) => p7)(((null === 2) ? [null, '😀!', 'a'][3] : [-3n, true][2]), Object.assign({}, ({ 1: 1e-7, 1: undefined }), ({ key: null, ['-0']: 12345678901234567890n }))?.a)));
  switch (Infinity) {
    case '-0'.replace(/[a-z]+/, '<$&$1>'): {
    }
    case ['B'].join('x,y,z'): {
      break;
    }
  }
  print(show(new Map([['-0', ((255 > 0n) ? 1 : (false ? '0x1f' : true))], [undefined, String(JSON.stringify(['12'], null, 1))]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const { a: d8 = ' 7 ', [`k${'ey'}`]: d9, ...d10 } = ({ b: '😀!', 0: ('' && 0), a: (true || true) });
  let i11 = 0;
  do {
    tick();
    const f12 = function (a13, a14 = false, ...r15) {
      tick();
      print(show(((BigInt(2147483647 | 0) % -9007199254740993n) % 12345678901234567890n)));
      let [d16, d17] = [[true, 1n][0], ((p19 = 0b101) => 'B')('12', d9)];
      [d16, d17] = [d17, d16];
      a13 ||= clip(`<${d8}|${''}>`);
      return d17;
    };
  } while (++i11 < 4);
  print(show(['null', d9][2]));
  print(`i11 ${show(i11)}`);
  print(`d9 ${show(d9)}`);
  print(`d8 ${show(d8)}`);
  print(`d10 ${show(d10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(new Map([[true, (0 ?? false)]])));
  if (Boolean('B')) throw new TypeError((false ? '😀!' : 'null'));
  for (let i20 = 0; i20 < 4; i20++) {
    tick();
    let i21 = 0;
    do {
      tick();
      if ((i20 / i20)) {
      }
    } while (++i21 < 2);
  }
  print(show(/\s*,\s*/.test([true, true].flatMap((x, i) => [i, x]).join(' 7 '))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task22 = async () => {
  print('task 0 step 0');
  print(' 7 ' + show(await { then: (resolve, reject) => resolve('0x1f') }) + show(await 'é'));
  print(show(Object.fromEntries(new Map(Object.entries(({ 1: 'a-b', a: undefined }))))));
  const [d23 = ('x,y,z' && 10), d24, ...d25] = [].flatMap((x, i) => [i, x]);
  return 255n;
};
task22().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task26 = async () => {
  print('task 1 step 0');
  print(`<${null}|${'😀!'}>` + show(await Promise.any([Promise.resolve(later(1, ((p27 = 'a') => 2147483647)(0xff))).catch(e => (print(`c28 ${show(e)}`) ?? later(3, (false ? 'é' : 0.1))))])) + show(await 'B'));
  let n30 = 0;
  l31: for (const x29 of ''.split(/a/).toReversed()) {
    tick();
    if (++n30 > 6) break;
    let v33 = clip((([x29, x29].length / (10 % 3)) < ((2147483647 >>> 0b101) + Math.ceil(1e21))));
    const f34 = (a35, a36 = x29, ...r37) => {
      tick();
      return a36;
    };
  }
  print('task 1 step 1');
  const w39 = await new Promise(resolve => resolve(new Promise(resolve => resolve(later(1, ((p38 = 7n) => null)(' 7 ', '😀!'))))));
  print(show(w39));
  print('task 1 step 2');
  print(('12' + '') + show(await never(0, 255n)) + show(await null));
  return ((p40 = NaN) => p40)(undefined);
};
task26().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

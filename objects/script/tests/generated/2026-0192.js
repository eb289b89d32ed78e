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
  let i1 = 2;
  while (i1-- > 0) {
    tick();
    await Promise.resolve({ then: (resolve, reject) => resolve(10) }).finally(() => (print('c2') ?? later(2, (true && 7)))).catch(e => (print(`c3 ${show(e)}`) ?? E(target).bad(new Map([]).get('null')))).finally(() => (print('c4') ?? Promise.all([later(3, (true ? null : 0.1)), later(0, 3)])));
    print(show(((p5 = -0) => (10 === p5))()));
    const [d7 = (false ? null : -3n), d8, ...d9] = Array.from(`<${1}|${''}>`);
    let n11 = 0;
    for (const x10 of ' 7 ') {
      tick();
      if (++n11 > 6) break;
      let v13 = clip(new Map([[x10, Math.max(1e21, d8)], [' 7 ', `<${'x,y,z'}|${''}>`]]));
      try {
        const f14 = (a15, a16 = new Map([['x,y,z', undefined]]).get(undefined), ...r17) => {
          tick();
          const v18 = clip(new Map([]));
          return ((p19 = '') => 0n)();
        };
        throw -2.5;
      }
      catch (e20) {
        print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
      }
    }
  }
  print(show(({ ...Object.fromEntries(new Map([[null, undefined], [0n, undefined]])), ...({}) })));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i21 = 2;
  while (i21-- > 0) {
    tick();
    let i22 = 0;
    do {
      tick();
      print(show(((p23 = '-0') => p23)(...[((true <= 12345678901234567890n) ? new Map([[-3n, '12']]).get(true) : true)], (!true))));
      switch (new Map([[7, 3]]).get(((p24 = null) => p24)(...[10], undefined))) {
        default: {
          const v25 = clip(new Set([undefined, 7n, ''].flatMap((x, i) => [i, x])));
        }
        case (0xff * Infinity): {
        }
        case `<${true}|${' 7 '}>`: {
        }
        case String(undefined): {
        }
      }
    } while (++i22 < 1);
  }
  print(show([0.1, '']));
  print(`i21 ${show(i21)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v26 = clip([...[-3n], undefined].join('x,y,z').split('null'));
  try {
    let n29 = 0;
    for (const [k30, x28] of new Map([['0x1f', ''], ['é', ((p27 = NaN) => 1_000)(true)]])) {
      tick();
      if (++n29 > 6) break;
      try {
        if (((true || true) || Array.isArray(Infinity))) continue;
      }
      catch (e31) {
        print(`caught ${show(e31)} ${e31 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    throw new TypeError((true ? 'a' : ' 7 '));
  }
  catch (e32) {
    print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
  }
  print(show(new Map(Object.entries(({ 0: ((p33 = null) => null)(...[-1], 'é'), 1: (false ? 1e21 : 'é') })))));
  print(`v26 ${show(v26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f34 = (a35, a36 = ('😀!' ?? 0xff), ...r37) => {
    tick();
    function f38(a39, a40 = 2147483647, ...r41) {
      tick();
      a39 &&= clip(a36);
      try {
        const f42 = function (a43, a44 = a39, ...r45) {
          tick();
          return (255n ^ 7n);
        };
        throw new Error(`<${a39}|${'😀!'}>`);
      }
      catch (e46) {
        print(`caught ${show(e46)} ${e46 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return (a35 && true);
    }
    return (a36 & -1);
  };
  print(show(new Set([null])));
  print(`f34 ${show(f34)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task47 = async () => {
  print('task 0 step 0');
  const w54 = await Promise.resolve(Promise.resolve(({ ['-0']: undefined })?.[1])).finally(() => (print('c48') ?? ({ then: (resolve, reject) => resolve([12345678901234567890n].at(1)) }))).finally(() => (print('c49') ?? Promise.resolve(later(2, (true ? null : 'é'))).then(x => (print(`c51 ${show(x)}`) ?? later(3, ('😀!' && undefined)))).then(x => (print(`c52 ${show(x)}`) ?? later(0, (true ?? '😀!')))))).then(x => print(`c53 ${show(x)}`), e => print(`c53! ${show(e)}`));
  print(show(w54));
  function f55(a56, a57 = (true ? -1 : -0), ...r58) {
    tick();
    print(show(((p59 = true) => a56)(a57)));
    a56 ||= clip((({})?.key && a57));
    print(show(((p60 = null) => a57)(a57)));
    return (/[a-z]+/.test('x,y,z') ? a57 : '😀!');
  }
  return (true ? '12' : 0);
};
task47().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

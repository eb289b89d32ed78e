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
  let v1 = clip(new Map([]));
  let v2 = clip([].concat([0.1, 7n, 3]).map(x3 => x3).map(x4 => x4));
  try {
    const f5 = (a6, a7 = (true ? 'B' : ' 7 '), ...r8) => {
      tick();
      const v9 = clip(255);
      const f10 = function (a11, a12 = 'null', ...r13) {
        tick();
        return (v9 ^ 1_000);
      };
      return ({ ['a']: -9007199254740993n, b: a7, a: a7 })?.key;
    };
  }
  catch (e14) {
    print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map([[1_000, Math.sign(0xff)]])));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v15 = clip(Object.assign({}, ({ ...({ a: undefined }), ...Object.assign({}, ({ 1: 1 }), ({})) }), ({})));
  print(show(((p16 = '😀!') => p16)(((null > 1) ? -2.5 : '12'))));
  if ((['a-b'].indexOf(undefined) < Math.trunc(1e-7))) throw ((p17 = '0x1f') => undefined)('B');
  print(show(((p18 = '😀!') => p18)((-2.5 !== -3n))));
  print(show(new Map([['a', new Map([[null, '12'], [null, 7n]]).get(-3n)], [-1, ((p19 = 'é') => [1e-7, p19][3])(...['😀!'], (undefined && null))]])));
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  function f20(a21, a22 = ('B' ?? null), ...r23) {
    tick();
    function f24(a25, a26 = a22, ...r27) {
      tick();
      const f28 = function (a29, a30 = -3n, ...r31) {
        tick();
        function f32(a33, a34 = ({ a: -0, key: a21, 0: a22 })?.key, ...r35) {
          tick();
          print(show(((p36 = a26) => a30)(...[('-0' + a30)], Math.abs(0b101))));
          let [d37, d38] = [a25, (0.1 ?? a29)];
          [d37, d38] = [d38, d37];
          function f40(a41, a42 = new Map([['é', true], [a21, 12345678901234567890n]]).get(true), ...r43) {
            tick();
            let v44 = clip(new Map([[a25, (((p45 = a25) => 4294967296)(d38) || a22)]]));
            return a41;
          }
          return d37;
        }
        return (a30 ?? a25);
      };
      return f28();
    }
    return a22;
  }
  print(show(({})));
  print(`f20 ${show(f20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task46 = async () => {
  print('task 0 step 0');
  print((false ? '' : 'x,y,z') + show(await Promise.resolve((true ? 12345678901234567890n : 1n))) + show(await 0b101));
  const v47 = clip(new Map([[Infinity, '12'.charAt(5)]]));
  let n51 = 0;
  l52: for (const x50 of [...[null], 255n].map(x48 => ((p49 = 'a') => 'a')())) {
    tick();
    if (++n51 > 6) break;
    const f54 = (a55, a56 = 0n, ...r57) => {
      tick();
      const { a: d58 = 'é', [`k${'ey'}`]: d59, ...d60 } = ({});
      let v61 = clip(Math.sign((('0' in d60) ? (false ? -1 : 7) : Math.imul(1e21, undefined))));
      a55 = clip((x50 ?? d58));
      return parseInt('B');
    };
    let v62 = clip(BigInt.asUintN(35, BigInt(['-0', x50].indexOf('a-b') | 0)));
  }
  print('task 0 step 1');
  print((true ? '12' : '') + show(await E(target).bad(false)) + show(await 'B'));
  return (null || 'B');
};
task46().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task63 = async () => {
  print('task 1 step 0');
  print(`<${'B'}|${'a'}>` + show(await { then: (resolve, reject) => later(2, 3).then(resolve) }) + show(await '-0'));
  function f64(a65, a66 = [][3], ...r67) {
    tick();
    const [d68 = new Map([[a66, a66]]).get(true), d69, ...d70] = ['a', 1e21].toReversed().flatMap((x, i) => [i, x]);
    if ((new Map([[1e-7, '12'], [0.1, d68]]).has('0x1f') || /\d+/.test('0x1f'))) throw a65;
    print(show(((p71 = 255) => d68)()));
    let [d73, d74] = [(true ? undefined : 'B'), 1_000];
    [d73, d74] = [d74, d73];
    const v76 = clip(new Map([]));
    return d68;
  }
  let v77 = clip(['B', '12', 10].join('-0').repeat(1));
  return (false ? 2 : 1e-7);
};
task63().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

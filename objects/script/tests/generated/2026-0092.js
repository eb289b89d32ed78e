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
  const [d1 = new Map([]).get(Infinity), d2, ...d3] = ['a-b', null, undefined];
  print(show(String(JSON.stringify(Array.from(new Set([NaN, d1, d2])), null, 1))));
  if (('b' in Object.assign({}, ({}), ({ b: '0x1f', 1: '' })))) throw 255;
  print(show(new Map([['a-b', (d2 ?? d1)]])));
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
  print(`d3 ${show(d3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f4(a5, a6 = ((p8 = undefined) => undefined)('😀!'), ...r7) {
    tick();
    for (let i9 = 0; i9 < 4; i9++) {
      tick();
      print(show(Object.fromEntries(new Map([[undefined, a5]]))));
      a5 = clip(Math.trunc(i9));
    }
    const f10 = function (a11, a12 = 'B', ...r13) {
      tick();
      const f14 = (a15, a16 = 255n, ...r17) => {
        tick();
        return a12;
      };
      return Object.values(({ ['-0']: undefined, a: null }))[0];
    };
    return ('0x1f' ?? a5);
  }
  print(show(new Map(Object.entries(Object.assign({}, ({ a: 'x,y,z', 1: true, 0: 0.1 }), ({ ['é']: 0b101 })))).get(''.replace(/[^a]/gi, (m, ...more) => `${m}${more.length}`))));
  print(`f4 ${show(f4)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v18 = clip(Number.isInteger(Math.min(0b101, -3n)));
  print(show(((p19 = 'é') => (2 - 1e-7))(2)));
  let n22 = 0;
  for (const x21 of [10].join('0x1f')) {
    tick();
    if (++n22 > 6) break;
    l25: for (let i24 = 0; i24 < 1; i24++) {
      const f26 = (x = 1) => `${i24}${typeof x}`;
      tick();
      let v27 = clip((((1n / 1n) * -9007199254740993n) - 12345678901234567890n));
    }
  }
  print(show(Object.assign({}, Object.fromEntries(new Map([])), ({ b: new Map([[undefined, -2.5], [0b101, 1]]).get(-9007199254740993n), ['null']: ((p28 = '') => 1.5)('12'), a: (null ?? 2) }))));
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    const f29 = (a30, a31 = new Map([]).get(0b101), ...r32) => {
      tick();
      if (a31) {
        const v33 = clip(((!(false ? 2 : 'a-b')) || [255n].some(x34 => ('0' in ({ 0: Infinity })) || x34 !== true)));
        let v35 = clip('null'.split(/\s*,\s*/));
      }
      else {
      }
      return a30;
    };
    throw new Error((3).toExponential(0));
  }
  finally {
    print('finally');
  }
  print(show(`<${((false ? undefined : true) ?? (undefined ?? ''))}|${(String(({ a: 'x,y,z' })) + true)}>`));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task36 = async () => {
  print('task 0 step 0');
  const w41 = await Promise.resolve({ then: (resolve, reject) => resolve(-3n) }).then(x => print(`c37 ${show(x)}`), e => print(`c37! ${show(e)}`)).then(x => print(`c38 ${show(x)}`), e => print(`c38! ${show(e)}`)).catch(e => (print(`c40 ${show(e)}`) ?? new Promise((resolve, reject) => reject((true ? true : 'é')))));
  print(show(w41));
  let v42 = clip((`<${12345678901234567890n}|${'a-b'}>` && ((!0.1) ? ((p43 = '-0') => '0x1f')(NaN) : ['a-b', 0b101, ' 7 '][2])));
  print(show(((p44 = 255) => (0 ^ 1_000))(parseFloat('😀!'), v42)));
  let v45 = clip(Number.isNaN(v42));
  return 'B';
};
task36().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

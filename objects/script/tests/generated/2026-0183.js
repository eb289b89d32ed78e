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
  for (let i1 = 0; i1 < 2; i1 += 2) {
    tick();
    const { a: d2 = ('12' ?? 7n), [`k${'ey'}`]: d3, ...d4 } = ({});
    const f5 = function (a6, a7 = true, ...r8) {
      tick();
      if (((- i1) < i1)) throw false;
      print(show(((p9 = ' 7 ') => ((p10 = '-0') => p10)('', new Map([[d2, a7]]).get(0.1)))()));
      return d2;
    };
  }
  print(show((((-9007199254740993n | 0n) | (-3n | 1n)) & (BigInt(1e21 | 0) ^ (255n / 255n)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f11 = (a12, a13 = (-0 || 10), ...r14) => {
    tick();
    if (String(undefined)) {
      print(show(((p15 = 1) => (a13 || r14[0]))(...[((p16 = 'B') => a12)()], a12)));
      const f17 = (a18, a19 = a13, ...r20) => {
        tick();
        print(show([]));
        return new Map([]).get(-9007199254740993n);
      };
    }
    return String(({}));
  };
  print(show((''.repeat(1) <= [].slice(1, 0)[0])));
  print(`f11 ${show(f11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n22 = 0;
  for (const x21 of new Set([undefined, true, 'a'])) {
    tick();
    if (++n22 > 6) break;
    print(show(Object.fromEntries(new Map(Object.entries(Object.assign({}, ({ key: 4294967296, key: 'B', key: 'B' }), ({ ['']: undefined })))))));
    let v24 = clip(new Map([[3, x21]]));
    print(show(v24.delete(Object.fromEntries(new Map([]))?.key)));
    try {
      throw [undefined][0];
    }
    finally {
      print('finally');
    }
  }
  print(show(BigInt.asUintN(15, 12345678901234567890n)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    if (new Map([[true, undefined], ['a-b', 'a-b']]).has('B')) throw new Error((typeof 0xff));
    let [d25, d26] = [['x,y,z', true, -2.5][0], ''];
    [d25, d26] = [d26, d25];
    function f28(a29, a30 = d25, ...r31) {
      tick();
      return ['', a30].at(-2);
    }
    throw new SyntaxError((false ? '' : 'a'));
  }
  finally {
    print('finally');
  }
  print(show(Number([].join('a-b').replaceAll('B', '[$&]'))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  const w34 = await Promise.allSettled([E(target).bad(((p33 = undefined) => p33)(...['a'], null)), later(1, (false ? true : 4294967296)), later(1, [null].at(0))]);
  print(show(w34));
  for (let i35 = 0; i35 < 3; i35 += 1) {
    const f36 = (x = 1) => `${i35}${typeof x}`;
    tick();
    print(show(f36(...[(-3n !== null)], ['é'][3])));
    print(show(f36(...[-3n], ({ ...({ a: 1n, 1: null, a: 'a-b' }), ...({ ['-0']: true }) })?.key)));
  }
  function f37(a38, a39 = (2147483647 ?? 7), ...r40) {
    tick();
    const { a: d41 = ((p44 = '') => 4294967296)(...[a39], true), [`k${'ey'}`]: d42, ...d43 } = ({ b: ((p45 = 'B') => p45)(), 1: a38 });
    let [d46, d47] = [a38, (a38 ?? -0)];
    [d46, d47] = [d47, d46];
    return d47;
  }
  print('task 0 step 1');
  await Promise.resolve(('😀!' || '12'));
  print('task 0 step 2');
  await new Promise(resolve => resolve(later(0, '😀!')));
  return 3;
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task49 = async () => {
  print('task 1 step 0');
  await later(2, (1e-7 ?? 'x,y,z'));
  let v50 = clip(('key' in ({ ['']: 7, key: '' })));
  switch (Array.from('a-b')[1]) {
    case [].at(0): {
      const w51 = await Promise.allSettled([Promise.resolve(1.5), { then: (resolve, reject) => later(2, ({ 0: '12', 0: 7, ['0x1f']: 255 })?.key).then(resolve) }, 2]);
      print(show(w51));
      print(show(((p52 = 2) => Array.from(new Set([p52, p52])).at(2))(({ a: 'null' })?.a, ('0x1f' || false))));
      const v53 = clip((0n / BigInt((0 ^ 1) | 0)));
      break;
    }
  }
  return 1;
};
task49().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task54 = async () => {
  print('task 2 step 0');
  print([-1, 255, 255].join('😀!') + show(await Promise.resolve(('x,y,z' || '12'))) + show(await 'é'));
  const [d55 = (true && 10), d56, ...d57] = ['😀!'];
  try {
    if (((+-1) < parseInt('a-b'))) throw '12';
    if (((-2.5 - 10) === (~-2.5))) return (({ b: 1n, a: d55 })?.a && (false ? 'B' : -2.5));
  }
  finally {
    print('finally');
    print(show(((p58 = true) => 'x,y,z'.split(/\d+/)[3])(...[({ 0: 7n })?.[1]], d56)));
    let v59 = clip(Object.assign({}, Object.assign({}, ({}), ({ key: d56 })), ({ 0: ({})?.[0] })));
    print(show(((p60 = -1) => ['12', 0.1].join('é'))()));
  }
  return d55;
};
task54().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

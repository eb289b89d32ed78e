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
  switch ((true ? ' 7 ' : '')) {
    case 'null': {
      const f1 = (a2, a3 = 'null', ...r4) => {
        tick();
        let n6 = 0;
        l7: for (const x5 of (typeof '')) {
          tick();
          if (++n6 > 6) break;
          const { a: d9 = a2, [`k${'ey'}`]: d10, ...d11 } = ({ ['a']: a2 });
          print(show(r4.pop()));
        }
        print(show(r4.pop()));
        return ['😀!', a2][1];
      };
      break;
    }
    case String([undefined]): {
      break;
    }
  }
  print(show(({ ['é']: 'é', 1: ({ a: 7n, [' 7 ']: -0 })?.b })?.key));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    switch ([].map(x12 => '-0')[0]) {
      case 'a-b': {
        let v13 = clip((BigInt((255 % Infinity) | 0) & ((0n - -9007199254740993n) | 1n)));
        switch (({})?.key) {
          default: {
            if (/\s*,\s*/.test((typeof 'é'))) throw 4294967296;
            v13 = clip(BigInt(((1e21 & 0b101) * (1e21 + 1.5)) | 0));
            await Promise.allSettled([Promise.resolve(later(0, ({ ['0x1f']: -2.5 })?.b)).then(x => (print(`c14 ${show(x)}`) ?? later(0, ((p15 = true) => '😀!')('😀!', 'a')))).then(x => (print(`c16 ${show(x)}`) ?? later(3, (false ? '0x1f' : -3n))))]);
          }
          case Math.imul(0, 'B'): {
          }
          case (+Infinity): {
          }
          case 1.5: {
          }
        }
      }
      case (- 2): {
      }
      case Number('null'): {
      }
    }
  }
  finally {
    print('finally');
  }
  print(show(BigInt(['a-b', 'x,y,z'].concat([' 7 ', 1e21, 7n]).lastIndexOf(' 7 ') | 0)));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(('null' + 'a') + show(await later(0, ((p17 = 12345678901234567890n) => 'a-b')(Infinity))) + show(await 7));
  if (Number.isInteger(12345678901234567890n)) throw new TypeError(('0x1f' + Infinity));
  print(show(255n));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  const w24 = await Promise.resolve(later(1, new Map([[7, '-0'], [255, undefined]]).get(null))).then(x => (print(`c19 ${show(x)}`) ?? Promise.resolve(later(0, ['x,y,z', '😀!', 0b101][0])).finally(() => (print('c20') ?? later(0, 2147483647))))).then(x => (print(`c21 ${show(x)}`) ?? Promise.resolve(later(3, 'null')).then(x => print(`c22 ${show(x)}`), e => print(`c22! ${show(e)}`)))).catch(e => (print(`c23 ${show(e)}`) ?? Promise.any([later(0, new Map([['é', true]]).get(2))])));
  print(show(w24));
  let n26 = 0;
  for (const [k27, x25] of new Map(Object.entries(({ 1: 'é', ['-0']: 0 })))) {
    tick();
    if (++n26 > 6) break;
    let v28 = clip(({ 1: ((x25 && '😀!') && 'é'), a: (~1.5) }));
    let v29 = clip((BigInt.asUintN(59, BigInt(7 | 0)) % BigInt.asUintN(10, (255n ^ 12345678901234567890n))));
  }
  print('task 0 step 1');
  const w36 = await Promise.resolve({ then: (resolve, reject) => later(2, 2147483647).then(resolve) }).catch(e => (print(`c30 ${show(e)}`) ?? ({ then: (resolve, reject) => later(2, ((p31 = 255) => 'é')('null')).then(resolve) }))).catch(e => (print(`c32 ${show(e)}`) ?? Promise.resolve(later(3, (undefined ?? true))).then(x => (print(`c33 ${show(x)}`) ?? later(3, new Map([]).get(2147483647)))).then(x => (print(`c34 ${show(x)}`) ?? later(1, ({ a: 255n, 1: 1e21 })?.key))))).finally(() => (print('c35') ?? (1 || 'x,y,z')));
  print(show(w36));
  return ('' ?? 'a-b');
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  print(String(JSON.stringify(1e21, ['a', 'key'])) + show(await Promise.resolve(Promise.resolve(0.1)).then(x => (print(`c38 ${show(x)}`) ?? E(target).slow(((p39 = 7n) => 4294967296)(0.1, '0x1f'))))) + show(await 'x,y,z'));
  print(show(((parseFloat(' 7 ') | 0).toString(10) + ([' 7 ', 255, true].some(x40 => true || x40 >= true) ? false : -0))));
  try {
    const v41 = clip(new Set([2147483647, '', null]));
    print(show(((p42 = 'a') => new Map(Object.entries(({ key: true, b: true }))).get('-0'))()));
    print(show(Object.assign({}, Object.assign({}, Object.assign({}, ({}), ({ 1: undefined, 0: -3n })), Object.fromEntries(new Map([[12345678901234567890n, null], [255n, 0b101]]))), ({ ...({ ...({ a: 1 }), ...({ 0: null }) }), ...Object.assign({}, ({}), ({ a: '😀!' })) }))));
    let v43 = clip(new Map([]));
  }
  catch (e44) {
    print(`caught ${show(e44)} ${e44 instanceof TypeError}`);
  }
  print('task 1 step 1');
  const w45 = await later(1, ({ 1: null, a: true, 0: 2 })?.b);
  print(show(w45));
  print('task 1 step 2');
  const w47 = await new Promise((resolve, reject) => reject(((p46 = 3) => undefined)()));
  print(show(w47));
  return (0xff || '12');
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const f1 = function (a2, a3 = [].at(0), ...r4) {
    tick();
    let i5 = 0;
    do {
      tick();
      function f6(a7, a8 = ((p10 = 1n) => a2)(0.1), ...r9) {
        tick();
        const v11 = clip(/(\w)(\w)?/.test('0x1f'.concat('12')));
        return Math.max(2147483647, '0x1f');
      }
    } while (++i5 < 4);
    return [null, a3].length;
  };
  print(show(0n));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v12 = clip((' 7 '.split(/\s*,\s*/).findIndex(x13 => [undefined, 'é'].some(x14 => true || x14 < 0xff) || x13 >= undefined) >>> (~(0 / -2.5))));
  let v15 = clip(new Set(Array.from(new Set([]))));
  let i16 = 0;
  do {
    tick();
    if (((p17 = 0.1) => ((p18 = null) => undefined)(p17, 0xff))(((p19 = undefined) => -9007199254740993n)('null', null))) {
    }
    else {
    }
  } while (++i16 < 4);
  print(show(({ key: (-0 ?? (null ?? 1n)), ['a']: [true, true].includes('B') })));
  print(`i16 ${show(i16)}`);
  print(`v15 ${show(v15)}`);
  print(`v12 ${show(v12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i20 = 0;
  do {
    tick();
    await { then: (resolve, reject) => later(2, ({ a: 'a-b', 1: 'null', a: 0b101 })?.key).then(resolve) };
    let n22 = 0;
    for (const x21 of ['null', 'é', 'é'].toReversed().toSorted()) {
      tick();
      if (++n22 > 6) break;
      let v24 = clip((([NaN][2] !== ({ b: 'null', a: undefined })?.a) ? `<${x21}|${[...'a-b'].toReversed().join('')}>` : (`<${10}|${'a-b'}>` + ({ a: x21 })?.[1])));
      function f25(a26, a27 = x21, ...r28) {
        tick();
        return 'x,y,z'.repeat(1);
      }
    }
  } while (++i20 < 1);
  print(show(new Map([['a-b', (('key' in ({ b: 3, b: '12', 0: 4294967296 })) ? (null || true) : i20)], [null, (2 % i20)]])));
  print(`i20 ${show(i20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task29 = async () => {
  print('task 0 step 0');
  print(('x,y,z' + 10) + show(await never(1, new RangeError(('é' + -2.5)))) + show(await 'a-b'));
  print((' 7 ' + 0.1) + show(await { then: (resolve, reject) => later(2, 'null').then(resolve) }) + show(await undefined));
  const v31 = clip(({ ...({ b: 1e21 }), ...Object.fromEntries(new Map([])) })?.a);
  const v32 = clip(new Map([['12', (typeof '0x1f')]]));
  if (((' 7 ' ?? v31) && v31)) {
  }
  else {
  }
  print('task 0 step 1');
  const w33 = await Promise.any([new Promise(resolve => resolve(later(1, false))), { then: (resolve, reject) => later(2, NaN).then(resolve) }]);
  print(show(w33));
  return 'B';
};
task29().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task34 = async () => {
  print('task 1 step 0');
  await later(3, (false ? 4294967296 : null));
  print(show(((p35 = 1) => BigInt.asUintN(6, 7n))((1e-7 / NaN))));
  print([null, true].join('a') + show(await Promise.resolve(new Promise(resolve => resolve(later(2, (true ? -0 : 0n))))).finally(() => (print('c36') ?? Promise.resolve(later(1, 'null')).then(x => print(`c37 ${show(x)}`), e => print(`c37! ${show(e)}`)).catch(e => (print(`c38 ${show(e)}`) ?? later(1, ({ ['0x1f']: true, ['0x1f']: null, 1: null })?.[0]))).catch(e => (print(`c39 ${show(e)}`) ?? later(1, '😀!'))))).finally(() => (print('c40') ?? later(2, 0n)))) + show(await 'a-b'));
  try {
    let v41 = clip(new Map([[0.1, ({ 1: '😀!' })?.a], ['a-b', [null, 1n, true].at(2)]]));
    if ((Number('a-b') >= (7 % -2.5))) return (0n ?? new Map([]).get(NaN));
  }
  finally {
    print('finally');
    const v42 = clip(Math.min(Math.max((Infinity % 3), false), ([true, 'null'][3] ?? (null ?? 2147483647))));
    if (('a' in ({ 1: true }))) throw ('' && true);
  }
  return (-1 ?? 12345678901234567890n);
};
task34().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

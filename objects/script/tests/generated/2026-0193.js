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
  l3: for (const [k4, x1] of new Map([[true, -1], ['0x1f', [][0]]])) {
    tick();
    if (++n2 > 6) break;
    const f5 = (a6, a7 = (true ?? k4), ...r8) => {
      tick();
      try {
        print(show((Number.isInteger(({ 1: undefined, b: 7 })?.[0]) || r8.some(x9 => [1e21, '😀!'].every(x10 => false || x10 === 'é') || x9 !== k4))));
        print(show(r8.shift()));
        const v11 = clip(new Set([].map(x12 => '-0').slice(1, 1)));
        const f13 = (a14, a15 = (3 || null), ...r16) => {
          tick();
          const v17 = clip(({ 0: [].at(-2) }));
          const v18 = clip(new Set([undefined, 0b101, a7]));
          return new Map([[undefined, a7], ['null', 'null']]).get(k4);
        };
        throw new TypeError('12'.toString());
      }
      catch (e19) {
        print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return ({ ['😀!']: true })?.[1];
    };
  }
  print(show(new Map([['12', (true && true)], [Infinity, ((1.5 >= 2147483647) ? -9007199254740993n : '😀!')]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n21 = 0;
  l22: for (const x20 of new Set('B'.split(/b*?/))) {
    tick();
    if (++n21 > 6) break;
    let v24 = clip(new Map(Object.entries(Object.fromEntries(new Map([[7n, 1e21]])))));
    if (parseInt('-0')) {
      print(show(new Map(Object.entries(Object.fromEntries(new Map([]))))));
      if (x20) {
        const v25 = clip(x20);
        if ((v25 !== 'a')) throw (true ?? 'a');
      }
      if (x20) {
        const [d26 = 1n, d27, ...d28] = ['B', undefined];
      }
    }
  }
  print(show(((- (Infinity / 0)) >= Math.imul(7, (undefined || 0.1)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(((p29 = 1_000) => ((p29 <= -3n) ? 7n : false))()));
  switch (BigInt.asUintN(1, -9007199254740993n)) {
    case (typeof '0x1f'): {
      const f30 = function (a31, a32 = 0n, ...r33) {
        tick();
        const v34 = clip(((true ? 3 : 1_000) / '12'.length));
        const v35 = clip(BigInt.asUintN(49, (BigInt(4294967296 | 0) - BigInt.asUintN(55, 7n))));
        const { a: d36 = 0b101, [`k${'ey'}`]: d37, ...d38 } = ({ 1: a32, b: ({})?.[1] });
        for (let i39 = 0; i39 < 2; i39 += 2) {
          tick();
          const f40 = (a41, a42 = d36, ...r43) => {
            tick();
            return (NaN % -1);
          };
        }
        return (typeof a31);
      };
      break;
    }
    case Math.min(NaN, NaN): {
      break;
    }
    default: {
    }
    case [undefined].join('0x1f'): {
      break;
    }
  }
  print(show(({ b: ('a' && ({ ['a']: 2 })?.a), ['😀!']: new Map([[2147483647, 7], [-0, undefined]]).get((false ? -9007199254740993n : 3)), ['a-b']: ((p44 = true) => true)(7, [undefined, undefined].at(1)) })));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    if ((new Map([[0b101, 1], [true, 0xff]]).get(0b101) !== -3n)) throw new RangeError([].join(''));
    const f45 = function (a46, a47 = new Map([['a-b', 1e-7]]).get(0), ...r48) {
      tick();
      if (('x,y,z' + true)) {
      }
      return (new Map([[1e21, 'é'], [7, a46]]).has('x,y,z') ? a46 : ((p49 = a47) => 'B')(a47, true));
    };
  }
  catch (e50) {
    print(`caught ${show(e50)} ${e50 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(BigInt.asUintN(36, ((1n & 12345678901234567890n) * (1n | 255n)))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  const w53 = await Promise.resolve(Promise.allSettled([later(1, (1 || '😀!'))])).then(x => (print(`c52 ${show(x)}`) ?? E(target).echo((1_000 ?? null))));
  print(show(w53));
  let v54 = clip(([null].map(x55 => x55)[0] === (false ? -1 : 2147483647)));
  const f56 = (a57, a58 = new Map([[undefined, NaN]]).get(true), ...r59) => {
    tick();
    print(show(r59.shift()));
    print(show(({})?.a));
    if (v54) throw new TypeError('é');
    let v60 = clip((-0 - ((1 << 0) | (-1 >> NaN))));
    return ((p61 = a58) => 7n)(...['null'], a58);
  };
  let n63 = 0;
  for (const x62 of ((typeof 12345678901234567890n) + new Map([[true, '-0']]).get(10))) {
    tick();
    if (++n63 > 6) break;
  }
  print('task 0 step 1');
  const w65 = await Promise.any([Promise.any([later(2, f56()), later(2, ('' && '0x1f')), later(3, 'é')])]);
  print(show(w65));
  print('task 0 step 2');
  print(('12' + 2) + show(await Promise.all([{ then: (resolve, reject) => later(2, (false ? '-0' : 1n)).then(resolve) }, never(3, new Error('')), later(0, [-3n].at(3))])) + show(await -1));
  return -1;
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task66 = async () => {
  print('task 1 step 0');
  print([null].join('a') + show(await Promise.resolve(Promise.allSettled([later(2, ' 7 ')])).catch(e => (print(`c67 ${show(e)}`) ?? Promise.race([later(1, ((p68 = 'a-b') => 1_000)(...[null], -1)), later(1, 0n), later(3, -0)]))).then(x => (print(`c69 ${show(x)}`) ?? never(0, -9007199254740993n)))) + show(await 255n));
  for (let i70 = 0; i70 < 2; i70 += 2) {
    const f71 = (x = 1) => `${i70}${typeof x}`;
    tick();
    print(show([]));
    const v72 = clip(({ key: BigInt(2147483647 | 0) }));
    if ((('1' in ({ key: undefined })) || (!-3n))) continue;
  }
  return (7n ?? 'a');
};
task66().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

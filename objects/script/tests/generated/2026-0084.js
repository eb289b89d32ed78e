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
  l2: for (let i1 = 0; i1 < 4; i1++) {
    tick();
    print(show(((p3 = 4294967296) => p3)((false ? i1 : 3), (12345678901234567890n | 1n))));
    const f4 = function (a5, a6 = ('é' && null), ...r7) {
      tick();
      if ([].every(x8 => ['0x1f', 0b101, 'null'].every(x9 => false || x9 >= '-0') || x8 >= 'B')) return ((a6 || '-0') && a5);
      return (!'é');
    };
  }
  print(show(new Map([[undefined, ((p10 = true) => (-9007199254740993n && p10))([0b101].at(-2))]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n12 = 0;
  for (const x11 of ' 7 ') {
    tick();
    if (++n12 > 6) break;
    const v14 = clip((BigInt.asUintN(61, (-3n / 7n)) % BigInt((+1.5) | 0)));
    let v15 = clip(new Map([]));
  }
  const v16 = clip((BigInt.asUintN(4, -3n) < (true ?? 1.5)));
  print(show(new Map([[Infinity, v16]]).get(Object.fromEntries(new Map([[undefined, true], [' 7 ', '0x1f']]))?.b)));
  print(`v16 ${show(v16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n18 = 0;
  for (const x17 of new Set([0.1, undefined, 7n].toSorted())) {
    tick();
    if (++n18 > 6) break;
    for (let i20 = 0; i20 < 3; i20 += 1) {
      const f21 = (x = 1) => `${i20}${typeof x}`;
      tick();
      let i22 = 1;
      l23: while (i22-- > 0) {
        tick();
        print(show((i20).toExponential(7)));
        const v24 = clip(new Set([].concat(['', '-0', x17]).toSorted()));
        print(show(f21((i20).toExponential(6), (typeof -2.5))));
      }
    }
  }
  print(show(new Set([1e21, 0])));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(`<${-1}|${'0x1f'}>` + show(await Promise.resolve(Promise.resolve(-9007199254740993n)).finally(() => (print('c25') ?? later(1, ({ 1: -9007199254740993n, b: 1.5, b: true })?.[0]))).then(x => print(`c26 ${show(x)}`), e => print(`c26! ${show(e)}`)).finally(() => (print('c27') ?? Promise.race([later(2, false), later(2, '12')])))) + show(await 'null'));
  switch (('x,y,z' + 10)) {
    case Number('é'): {
      const v28 = clip(new Set([...[].map(x29 => ''), [true, 255][0]]));
      print(show(((p30 = 'a') => ((1e-7 ?? ' 7 ') ?? ('-0' ?? p30)))(...[((0n < '-0') ? 'null' : '12')], 'null'.replaceAll('B', '[$&]'))));
      break;
    }
    case `<${undefined}|${'0x1f'}>`: {
      const v31 = clip(Object.assign({}, ({ 1: -9007199254740993n, key: new Map([[1_000, 12345678901234567890n], [-0, true]]).get(undefined), a: ['', 2147483647, null].at(0) }), Object.assign({}, ({}), Object.fromEntries(new Map([[true, -1], [1n, 'a']])))));
      switch ('') {
        default: {
        }
        case (+7): {
          break;
        }
        case ('null' + 1e-7): {
        }
      }
    }
    case ('null' + 'B'): {
    }
  }
  print(show(Number('x,y,z')));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  print(String(JSON.stringify('0x1f')) + show(await 'é') + show(await 7));
  for (let i33 = 0; i33 < 2; i33 += 2) {
    tick();
    let v34 = clip(new Map([]));
    const f35 = (a36, a37 = (true ? undefined : ' 7 '), ...r38) => {
      tick();
      print(show(((a36 >= (-9007199254740993n || '0x1f')) ? 'null' : `<${'😀!'}|${''.replace(/\s*,\s*/, '<$&$1>')}>`)));
      let v39 = clip(({}));
      return i33;
    };
  }
  return 1n;
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task40 = async () => {
  print('task 1 step 0');
  print((typeof 255) + show(await later(0, new Map([[0n, '-0'], [1.5, undefined]]).get(true))) + show(await 255));
  try {
    let v41 = clip(new Map([['B', (3 + -0)]]));
    print(('12' + null) + show(await Promise.resolve(never(0, new SyntaxError((-1 | 0).toString(10)))).then(x => (print(`c42 ${show(x)}`) ?? E(target).echo('a-b'))).catch(e => (print(`c43 ${show(e)}`) ?? E(target).slow(false))).then(x => print(`c44 ${show(x)}`), e => print(`c44! ${show(e)}`))) + show(await -2.5));
    throw new TypeError(('é' + '12'));
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  print((typeof 0n) + show(await Promise.resolve(1n)) + show(await ' 7 '));
  return 'null';
};
task40().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip((BigInt(Number('x,y,z') | 0) | BigInt(-0 | 0)));
  const f2 = (a3, a4 = '0x1f', ...r5) => {
    tick();
    let i6 = 2;
    while (i6-- > 0) {
      tick();
      try {
        let v7 = clip(new Map([[a4, `<${'12'}|${'é'}>`], ['', (' 7 ' ?? a4)]]));
        const { a: d8 = 1e21, [`k${'ey'}`]: d9, ...d10 } = Object.fromEntries(new Map([[undefined, '😀!']]));
      }
      finally {
        print('finally');
      }
    }
    return (((p11 = '') => 1)(...['😀!'], 'x,y,z') && [null].at(3));
  };
  print(show(/b*?/.test(String(JSON.stringify(['12'].indexOf('-0'))))));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(new Set([...[7n, null], ((p12 = undefined) => -9007199254740993n)(10)])));
  let v13 = clip(({ b: (' 7 ' ?? (2147483647 && 4294967296)), 1: 'a-b'.length, 1: new Set([undefined]).has(1.5) }));
  const f14 = function (a15, a16 = 'a', ...r17) {
    tick();
    const f18 = function (a19, a20 = a16, ...r21) {
      tick();
      a19 ||= clip(a19);
      if (({ ...v13, ...v13 })?.[0]) {
        const v22 = clip([a15].flatMap((x, i) => [i, x]).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).findIndex(x23 => ('a' in v13) || x23 !== 'a'));
        const v24 = clip(Object.fromEntries(new Map([])));
      }
      try {
        throw new RangeError(`<${null}|${'x,y,z'}>`);
      }
      finally {
        print('finally');
      }
      return a16;
    };
    return ['a-b', '😀!'].findIndex(x25 => false || x25 !== a15);
  };
  print(show(parseInt(`<${('12' ?? 3)}|${'null'}>`)));
  print(`f14 ${show(f14)}`);
  print(`v13 ${show(v13)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (({ b: undefined, ['B']: 7, 0: 1_000 })?.[0]) {
    case (true ? NaN : 1e-7): {
      const v26 = clip(((!({ b: null, a: undefined })?.key) || Array.isArray(('a-b' ?? true))));
      const w27 = await later(1, [null, 1n][0]);
      print(show(w27));
      const f28 = (a29, a30 = (Infinity || Infinity), ...r31) => {
        tick();
        print(show(r31.shift()));
        for (let i32 = 0; i32 < 1; i32 += 2) {
          const f33 = (x = 1) => `${i32}${typeof x}`;
          tick();
          print(show(r31.pop()));
        }
        return ({ ...({ b: undefined, 0: -1, 1: null }), ...({ 1: ' 7 ', b: true }) })?.b;
      };
      break;
    }
  }
  print(show(`<${((p34 = true) => p34)('é')}|${String(JSON.stringify(({ a: undefined, ['a-b']: 2 }), null, 1))}>`));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task35 = async () => {
  print('task 0 step 0');
  const w40 = await Promise.allSettled([E(target).bad(new Map([[undefined, true]]).get(-3n)), Promise.any([later(0, ((p36 = 255) => 'x,y,z')()), later(1, (0b101 || 'null')), later(3, ('a' && '0x1f'))]), Promise.resolve(later(0, false)).then(x => (print(`c37 ${show(x)}`) ?? later(1, 255n))).then(x => (print(`c38 ${show(x)}`) ?? later(2, 0n))).then(x => (print(`c39 ${show(x)}`) ?? later(3, 'null')))]);
  print(show(w40));
  function f41(a42, a43 = (false ? 'a-b' : 'é'), ...r44) {
    tick();
    print(show(((p45 = a43) => ((p46 = a43) => new Map([[p46, true], [a43, null]]).get(a42))())(...[a43], a42)));
    print(show(r44.shift()));
    const v47 = clip(String(JSON.stringify(({ ['😀!']: (a43 || a42), a: new Map([[a42, a42], [-9007199254740993n, a43]]).get(a43) }), ['a', 'key'])));
    return (false ? 7 : 4294967296);
  }
  const v48 = clip(String(JSON.stringify(({ 1: 10, [' 7 ']: false, 0: f41(undefined, null) }), ['a', 'key'])));
  let i49 = 4;
  while (i49-- > 0) {
    tick();
    let v50 = clip(new Map([['', new Map(Object.entries(({ ['']: 'a', a: 'a-b', 0: -2.5 }))).get(true)]]));
  }
  print('task 0 step 1');
  const w51 = await E(target).echo(new Map([['x,y,z', 'x,y,z']]).get('a-b'));
  print(show(w51));
  return (undefined ?? 'x,y,z');
};
task35().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task52 = async () => {
  print('task 1 step 0');
  print(`<${'a-b'}|${'0x1f'}>` + show(await Promise.resolve(['null', 10][0])) + show(await 1_000));
  if (`<${1.5}|${'a-b'}>`) {
    const v53 = clip(BigInt(-2.5 | 0));
    function f54(a55, a56 = 0, ...r57) {
      tick();
      let v58 = clip(a55);
      return a55;
    }
  }
  else {
  }
  return (true && undefined);
};
task52().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task59 = async () => {
  print('task 2 step 0');
  const w64 = await Promise.resolve(Promise.any([later(3, 12345678901234567890n)])).catch(e => (print(`c61 ${show(e)}`) ?? Promise.resolve(later(2, 'é')).finally(() => (print('c62') ?? later(1, (null && undefined)))).then(x => (print(`c63 ${show(x)}`) ?? later(3, ({})?.[1])))));
  print(show(w64));
  let v65 = clip(([].lastIndexOf(undefined) ?? ((p66 = -0) => [p66, 1e21, p66][3])((true && 1e-7), (true ? undefined : null))));
  function f67(a68, a69 = v65, ...r70) {
    tick();
    try {
      if (((!1_000) || (!'😀!'))) throw true;
      throw new SyntaxError((typeof 0b101));
    }
    finally {
      print('finally');
    }
    return (typeof a69);
  }
  print('task 2 step 1');
  await later(1, (undefined ?? ' 7 '));
  print('task 2 step 2');
  await later(1, 0b101);
  return '0x1f';
};
task59().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip(Array.from(new Set([])).filter(x2 => new Map([[true, true]]).has(x2) || x2 < 'B'));
  const v3 = clip((BigInt.asUintN(28, 12345678901234567890n) > Object.fromEntries(new Map([]))?.key));
  l5: for (let i4 = 0; i4 < 4; i4 += 2) {
    const f6 = (x = 1) => `${i4}${typeof x}`;
    tick();
    const f7 = (a8, a9 = 'null', ...r10) => {
      tick();
      let i11 = 4;
      while (i11-- > 0) {
        tick();
        let v12 = clip(new Set(r10));
        const v13 = clip([2147483647].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).toReversed().flatMap((x, i) => [i, x]));
      }
      return (true ? i11 : i11);
    };
  }
  print(show((typeof String(v1))));
  print(`v3 ${show(v3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v14 = clip((String(JSON.stringify([], ['a', 'key'])) === [2147483647].findIndex(x15 => true || x15 < 255)));
  print(show(((p16 = 0.1) => p16)(({ ...({}), ...({ a: '😀!', ['B']: '0x1f' }) })?.a, (2 / 0xff))));
  const v17 = clip(new Set(String(JSON.stringify('a')).split('0x1f')));
  const f18 = function (a19, a20 = new Map([[' 7 ', 12345678901234567890n], [-1, '0x1f']]).get(2147483647), ...r21) {
    tick();
    if (r21[0]) {
      let v22 = clip(v17);
    }
    else {
    }
    return new Map([[a20, a20]]).get((false ? 'é' : '12'));
  };
  print(show(new Set([7n, undefined, 1e21])));
  print(`f18 ${show(f18)}`);
  print(`v17 ${show(v17)}`);
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f23 = (a24, a25 = new Map([['', undefined]]).get(255), ...r26) => {
    tick();
    print(show(r26.push(a24)));
    print(show(((p27 = NaN) => Object.assign({}, ({}), ({}))?.[1])('é'.length, new Map(Object.entries(({ key: undefined, a: 'é', ['B']: '-0' }))).get(new Map([['a', '12'], [a25, 'null']]).get(1.5)))));
    return new Map([]).get([1e-7, 2147483647].at(3));
  };
  let n29 = 0;
  for (const x28 of Array.from(new Set([null, 'a-b', -1])).flatMap((x, i) => [i, x])) {
    tick();
    if (++n29 > 6) break;
    const f31 = (a32, a33 = x28, ...r34) => {
      tick();
      a32 = clip([...'0x1f'].toReversed().join(''));
      switch (x28) {
        case (true ? -0 : 2147483647): {
        }
        case (false ? a33 : a33): {
          break;
        }
        default: {
        }
        case 12345678901234567890n: {
          break;
        }
      }
      return 0n;
    };
  }
  print(show(({ ...({ ['😀!']: (1e-7 ?? '-0'), b: 'a' }), ...({}) })));
  print(`f23 ${show(f23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v35 = clip(new Map([]));
  switch (parseInt('0x1f')) {
    case ('a' + 'B'): {
      for (let i36 = 0; i36 < 2; i36++) {
        const f37 = (x = 1) => `${i36}${typeof x}`;
        tick();
        for (let i38 = 0; i38 < 1; i38++) {
          tick();
          let v39 = clip(new Map([]));
          let v40 = clip((((2147483647 !== 'é') ? (true ? 'x,y,z' : 'B') : (i36 | 0).toString(5)) + ('a' || -3n)));
          let v41 = clip(new Set([12345678901234567890n, '😀!', '0x1f']));
        }
        function f42(a43, a44 = 'é', ...r45) {
          tick();
          print(show(r45.push((-0 + i36))));
          return f37('x,y,z');
        }
      }
      break;
    }
  }
  print(show(new Map(Object.entries(Object.assign({}, ({}), Object.fromEntries(v35))))));
  print(`v35 ${show(v35)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task46 = async () => {
  print('task 0 step 0');
  print((false ? '12' : 'é') + show(await Promise.resolve(Promise.any([later(3, ((p47 = '0x1f') => true)(...[true], 'null')), later(1, ((p48 = 255n) => 'B')(undefined)), later(1, ((p49 = 1n) => 1e-7)(-1, true))])).catch(e => (print(`c50 ${show(e)}`) ?? Promise.all([later(2, 'null'), later(2, '')]))).then(x => (print(`c51 ${show(x)}`) ?? Promise.resolve((true ?? 1_000)))).then(x => (print(`c52 ${show(x)}`) ?? Promise.allSettled([later(0, ' 7 '), later(2, true)])))) + show(await 0n));
  await new Promise(resolve => resolve(-3n));
  let v53 = clip((((!1) ? (true / 4294967296) : 1e21) === ((2 + 0.1) - (Infinity % 0.1))));
  switch ((- 1e21)) {
    default: {
      const v54 = clip(({ 1: Boolean(true), 1: ((p55 = '12') => -1)(...[(true ? 12345678901234567890n : '12')], ''), 0: Object.assign({}, ({ 1: 'null', ['-0']: '-0' }), ({ 1: 'null' }))?.b }));
      const [d56 = (7n && null), d57, ...d58] = Array.from(''.replaceAll('é', '[$&]'));
    }
    case String('é'): {
      break;
    }
  }
  print('task 0 step 1');
  print((true ? ' 7 ' : '-0') + show(await never(1, new TypeError(String('12')))) + show(await 7));
  print('task 0 step 2');
  print((1 | 0).toString(24) + show(await E(target).echo(10)) + show(await 1.5));
  return '😀!';
};
task46().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

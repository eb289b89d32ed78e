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
  const v1 = clip((parseFloat(' 7 ') === Number((typeof undefined))));
  function f2(a3, a4 = ({ 0: null })?.[1], ...r5) {
    tick();
    switch (((p6 = undefined) => 2147483647)(a4, -1)) {
      case a4: {
        const f7 = function (a8, a9 = '0x1f', ...r10) {
          tick();
          print(show(r10));
          let v11 = clip(new Map(Object.entries(Object.fromEntries(new Map([])))));
          let n13 = 0;
          l14: for (const x12 of [2147483647, true, a9]) {
            tick();
            if (++n13 > 6) break;
            v11 = clip(v11);
          }
          return ((p16 = 'B') => ({})?.a)(...['B'], ({ a: a9, key: '😀!', b: a4 })?.key);
        };
        break;
      }
      default: {
      }
      case a4: {
        break;
      }
    }
    return [a4, 0b101].map(x17 => 7n).at(0);
  }
  print(show([2, 0n].map(x18 => Object.assign({}, ({ key: 1e21 }), ({ a: x18, a: undefined, a: x18 }))?.b)));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const { a: d19 = '0x1f', [`k${'ey'}`]: d20, ...d21 } = ({ ...({ ...({}), ...({}) }), ...Object.assign({}, ({ b: 'a-b', ['x,y,z']: NaN }), ({ ['B']: '', b: 'a', 1: -9007199254740993n })) });
  if (d20) {
    let [d22, d23] = [(false ? null : d19), d19];
    [d22, d23] = [d23, d22];
    const w25 = await new Promise(resolve => resolve(never(0, new Map([[true, NaN]]).get(1e21))));
    print(show(w25));
    print(show(String(JSON.stringify((+1.5), null, 1)).padStart(11, 'B')));
    const v26 = clip('B');
  }
  let v27 = clip(((false ? '0x1f' : 'a') === new Map([[d19, d19]]).get(((p28 = 1) => p28)(...['12'], true))));
  print(show(new Set([])));
  print(`v27 ${show(v27)}`);
  print(`d20 ${show(d20)}`);
  print(`d19 ${show(d19)}`);
  print(`d21 ${show(d21)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task29 = async () => {
  print('task 0 step 0');
  print(`<${'a'}|${'😀!'}>` + show(await { then: (resolve, reject) => resolve((false ? null : true)) }) + show(await 255));
  if (((-2.5 !== '12') && (false && false))) return ((p30 = '0x1f') => (p30 || p30))(...[false], new Map([]).get(1e21));
  const f31 = (a32, a33 = new Map([[-3n, 10]]).get(-0), ...r34) => {
    tick();
    try {
    }
    catch (e35) {
      print(`caught ${show(e35)} ${e35 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return r34.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))[0];
  };
  return '0x1f';
};
task29().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task36 = async () => {
  print('task 1 step 0');
  await { then: (resolve, reject) => resolve((2 || NaN)) };
  const f37 = function (a38, a39 = (false ? true : 12345678901234567890n), ...r40) {
    tick();
    function f41(a42, a43 = '', ...r44) {
      tick();
      let v45 = clip(new Set([]));
      print(show(v45.add(((false ? a38 : a43) ?? (true || a39))).size));
      return a42;
    }
    return a38;
  };
  print('task 1 step 1');
  print((1e21 | 0).toString(24) + show(await Promise.all([{ then: (resolve, reject) => later(2, (true ? true : 'B')).then(resolve) }, Promise.resolve(later(2, 2)).then(x => print(`c46 ${show(x)}`), e => print(`c46! ${show(e)}`)).finally(() => (print('c47') ?? later(1, (true ? 10 : 10)))).finally(() => (print('c48') ?? later(0, (undefined && -1)))), new Promise((resolve, reject) => reject(-2.5))])) + show(await 0n));
  print('task 1 step 2');
  await Promise.any([Promise.resolve(later(3, f37())).then(x => print(`c49 ${show(x)}`), e => print(`c49! ${show(e)}`)).finally(() => (print('c50') ?? later(2, [].at(2)))).catch(e => (print(`c51 ${show(e)}`) ?? later(1, '')))]);
  return f37('0x1f', 0n);
};
task36().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

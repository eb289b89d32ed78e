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
  if ((new Map([[true, 0]]).has(1.5) ? 1_000 : (255n ?? -3n))) {
    if ((({ 0: 0xff, key: true })?.[0] ?? 'x,y,z')) {
      const f1 = function (a2, a3 = (-2.5 && 0n), ...r4) {
        tick();
        let v5 = clip(Object.fromEntries(new Map([])));
        return `<${0b101}|${''}>`;
      };
    }
    else {
    }
  }
  print(show(Array.from((0b101).toPrecision(1)).lastIndexOf((/\d+/.test('-0') ? 7n : [][0]))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    if ((('1' in ({ ['😀!']: 3, b: 'a', b: true })) || ('0' in ({})))) throw new SyntaxError(('0x1f' + 0n));
    const f6 = (a7, a8 = ' 7 ', ...r9) => {
      tick();
      const f10 = (a11, a12 = a8, ...r13) => {
        tick();
        try {
          let v14 = clip(a12);
          const f15 = function (a16, a17 = ['-0', v14].at(-2), ...r18) {
            tick();
            let v19 = clip(((new Map([['-0', a8], [a16, true]]).has(0) || /[^a]/i.test('0x1f')) ? a7 : BigInt(10 | 0)));
            return new Map(Object.entries(({ ['B']: a17, b: a8 }))).get((true ? v19 : a17));
          };
        }
        catch (e20) {
          print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
        }
        return ((10 < -2.5) ? (false ? 2 : undefined) : 0);
      };
      return ((a7 > a7) ? a7 : (true ? a8 : null));
    };
  }
  catch (e21) {
    print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(([undefined].filter(x22 => false || x22 === 'B').indexOf('null') | Number('é'.replace(/a/g, (m, ...more) => `${m}${more.length}`)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i23 = 4;
  l24: while (i23-- > 0) {
    tick();
    let [d25, d26] = [({ ['B']: 1 })?.key, ('a-b' ?? '')];
    [d25, d26] = [d26, d25];
    const v28 = clip(new Map([]));
    if ((d26 ?? true)) {
      print(show(d26));
      let v29 = clip(String(JSON.stringify((4294967296 << 0), null, 1)).concat((new Map([['12', 0xff]]).get(-3n) ?? -9007199254740993n)));
    }
  }
  print(show([undefined, 12345678901234567890n, true]));
  print(`i23 ${show(i23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task30 = async () => {
  print('task 0 step 0');
  const w31 = await new Promise((resolve, reject) => reject(('é' ?? '😀!')));
  print(show(w31));
  const w35 = await Promise.allSettled([Promise.resolve(later(0, ('a-b' && 'a'))).then(x => print(`c32 ${show(x)}`), e => print(`c32! ${show(e)}`)).then(x => print(`c33 ${show(x)}`), e => print(`c33! ${show(e)}`)).then(x => (print(`c34 ${show(x)}`) ?? later(0, (null ?? '0x1f')))), Promise.any([later(3, 'a'), later(3, ({ ['-0']: 'null', a: 0, key: ' 7 ' })?.[0])])]);
  print(show(w35));
  const v36 = clip(Math.imul(Math.imul(Math.max(-1, true), (true ? null : 7)), BigInt.asUintN(58, 12345678901234567890n)));
  const f37 = function (a38, a39 = ({ key: '12' })?.[1], ...r40) {
    tick();
    a38 = clip((typeof a38));
    function f41(a42, a43 = r40.at(0), ...r44) {
      tick();
      print(show(((p45 = undefined) => p45)(...[a38], a39)));
      return (typeof a42);
    }
    return ({})?.[1];
  };
  print('task 0 step 1');
  print(String(JSON.stringify(({ key: 10 }), null, 1)) + show(await Promise.resolve(['12', Infinity, 0.1][3])) + show(await '😀!'));
  return f37();
};
task30().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task46 = async () => {
  print('task 1 step 0');
  print(`<${'0x1f'}|${'é'}>` + show(await Promise.resolve(true)) + show(await ''));
  const w47 = await E(target).slow('é');
  print(show(w47));
  if (((true ? 4294967296 : undefined) || 7)) {
    if ((-1 >= (false ? 'a-b' : 4294967296))) throw true;
    print(show(((0.1 / 255) !== ('a' in ({})))));
  }
  print('task 1 step 1');
  print(' 7 ' + show(await { then: (resolve, reject) => resolve('é') }) + show(await '-0'));
  print('task 1 step 2');
  const w48 = await 1_000;
  print(show(w48));
  return 12345678901234567890n;
};
task46().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

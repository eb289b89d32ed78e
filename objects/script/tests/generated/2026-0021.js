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
  const { a: d1 = 0.1, [`k${'ey'}`]: d2, ...d3 } = ({ b: new Map([['😀!', undefined]]).get(undefined), b: true });
  for (let i4 = 0; i4 < 3; i4++) {
    tick();
    if (new Set([undefined, d1]).has([].at(1))) throw new RangeError(['12'].join('x,y,z'));
    const [d5 = d3?.a, d6, ...d7] = [0xff, d1, 'é'].filter(x8 => true || x8 === 1.5).filter(x9 => (!' 7 ') || x9 === undefined);
    let v10 = clip(({}));
    let n12 = 0;
    for (const x11 of new Set(d7)) {
      tick();
      if (++n12 > 6) break;
      try {
        const w14 = await Promise.resolve(x11);
        print(show(w14));
        throw new Error(`<${x11}|${'a'}>`);
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(new Set([d1])));
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
  print(`d3 ${show(d3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v15 = clip(((~(1e-7 | 4294967296)) / [-1].indexOf(((p16 = 'B') => null)(...['😀!'], '-0'))));
  const f17 = function (a18, a19 = (1 || '-0'), ...r20) {
    tick();
    let n22 = 0;
    for (const x21 of r20) {
      tick();
      if (++n22 > 6) break;
      const v24 = clip(v15);
      const f25 = function (a26, a27 = a19, ...r28) {
        tick();
        const v29 = clip(r28.toSorted());
        const f30 = function (a31, a32 = ('' ?? a18), ...r33) {
          tick();
          a31 ||= clip(new Map(Object.entries(({}))).get(a19));
          let v34 = clip(isNaN((1e-7 >= 0.1)));
          return Math.imul(4294967296, null);
        };
        return a27;
      };
    }
    return (0xff < a19);
  };
  print(show(({ ...({ a: f17(...[7n], true), 1: (true ? 'x,y,z' : 1e21), key: new Map([[2, true]]).get(3) }), ...({ ...({ ...({ ['null']: 'null', 1: 1e-7 }), ...({ ['😀!']: -9007199254740993n }) }), ...Object.assign({}, ({}), ({ 0: -9007199254740993n, ['a-b']: 0, 1: 'a' })) }) })));
  print(`f17 ${show(f17)}`);
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ((1e21 >= 'x,y,z')) throw (undefined ?? 3);
  print(show(Object.fromEntries(new Map([[undefined, '12']]))));
  const [d35 = (255n && 1.5), d36, ...d37] = [null, 'B', -2.5];
  let n39 = 0;
  for (const x38 of d37) {
    tick();
    if (++n39 > 6) break;
  }
  print(show(255n));
  print(`d36 ${show(d36)}`);
  print(`d35 ${show(d35)}`);
  print(`d37 ${show(d37)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task41 = async () => {
  print('task 0 step 0');
  await later(2, NaN);
  const v42 = clip(new Map([[true, ((undefined || 1n) || ((p43 = 'é') => p43)(...[1e-7], -3n))], ['a', ((p44 = undefined) => [][2])(new Map([[undefined, true]]).get(true))]]));
  let n46 = 0;
  for (const [k47, x45] of new Map([['a-b', true], ['', [1n, 'a-b'].at(-2)]])) {
    tick();
    if (++n46 > 6) break;
    let v48 = clip([undefined].join('-0'));
  }
  print('task 0 step 1');
  const w56 = await Promise.resolve(later(3, ((p49 = 0xff) => p49)(...[true], undefined))).catch(e => (print(`c50 ${show(e)}`) ?? Promise.resolve(later(0, 'x,y,z')).then(x => print(`c52 ${show(x)}`), e => print(`c52! ${show(e)}`)).catch(e => (print(`c53 ${show(e)}`) ?? later(2, [][0]))).finally(() => (print('c54') ?? later(0, ((p55 = '0x1f') => 'é')(undefined, 'a-b'))))));
  print(show(w56));
  print('task 0 step 2');
  await Promise.resolve(Promise.resolve(-0)).catch(e => (print(`c57 ${show(e)}`) ?? Promise.race([later(3, (true ? 255n : ' 7 ')), later(0, 'a-b'), later(1, (2147483647 || true))])));
  return new Map([[Infinity, 'x,y,z'], ['0x1f', '0x1f']]).get(null);
};
task41().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

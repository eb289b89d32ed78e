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
  switch (((Infinity ?? null) ?? 'x,y,z')) {
    case (false ? '😀!' : undefined): {
      function f1(a2, a3 = ((p5 = '😀!') => p5)(...[null], ' 7 '), ...r4) {
        tick();
        a2 = clip(new Map([]).get(a2));
        let n7 = 0;
        l8: for (const x6 of ['😀!']) {
          tick();
          if (++n7 > 6) break;
          print(show(((p10 = a2) => `<${10}|${'é'}>`)(((p11 = undefined) => x6)(...[a3], 0b101), ({})?.b)));
          let v12 = clip(((Number('é') % 0.1) % ((255 % 255) * [].lastIndexOf(a3))));
          a2 &&= clip(((p13 = a3) => r4.at(1))(({})?.[0]));
          const v14 = clip(v12);
        }
        return (a2 ?? ((p15 = '😀!') => 4294967296)());
      }
      break;
    }
    case String(({ [' 7 ']: 'a-b' })): {
      break;
    }
  }
  print(show(/b*?/.test(`<${[true].at(-1)}|${String(JSON.stringify(7))}>`)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show((((!1.5) ? (undefined % 1e-7) : (true ? 255 : 3)) * [-9007199254740993n, undefined].indexOf(-3n))));
  let v16 = clip(new Map([[0, ((1n !== 'a-b') ? 0xff : 255)], [null, ((255 ?? null) || '😀!')]]));
  let n18 = 0;
  for (const x17 of 'é'.concat(['null'][1])) {
    tick();
    if (++n18 > 6) break;
    const f20 = function (a21, a22 = x17, ...r23) {
      tick();
      const f24 = (a25, a26 = a21, ...r27) => {
        tick();
        let v28 = clip(r23.map(x29 => ' 7 ').length);
        const [d30 = 'a-b', d31, ...d32] = [...[3].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)), a25];
        let v33 = clip((({ ...({ key: 0xff }), ...({ a: -0 }) })?.a < ((a25 ?? null) || a26)));
        let i34 = 1;
        l35: while (i34-- > 0) {
          tick();
        }
        return a25;
      };
      return (7).toExponential(2);
    };
  }
  print(show((-1 * (true ? 2147483647 : 1))));
  print(`v16 ${show(v16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let n37 = 0;
  for (const x36 of 'B') {
    tick();
    if (++n37 > 6) break;
    const v39 = clip([7, '-0'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).filter(x40 => Boolean(x36) || x40 >= true));
    print(show(v39.shift()));
  }
  const w41 = await new Promise(resolve => resolve(Promise.any([later(1, (null || 0b101))])));
  print(show(w41));
  print(show(new Set([])));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  function f42(a43, a44 = (true ? ' 7 ' : 0), ...r45) {
    tick();
    const v46 = clip((('null' + a44) < ((p47 = null) => p47)()));
    let v48 = clip(Number('a-b'.slice(2)));
    const f49 = function (a50, a51 = ({})?.key, ...r52) {
      tick();
      const v53 = clip(new Set([].slice(0, 1)));
      const v54 = clip(`<${'null'}|${((typeof a51) + a43)}>`);
      if (/\s*,\s*/.test('null'.padEnd(10, '😀!'))) return a51;
      const v55 = clip((((false ? a44 : a51) >= ({})?.b) ? String(Object.assign({}, ({ b: 0.1 }), ({ ['a-b']: undefined, ['B']: -9007199254740993n, 1: ' 7 ' }))) : ((0 % 1e-7) | 0).toString(24)));
      return v48;
    };
    return a43;
  }
  let v56 = clip(BigInt.asUintN(63, (BigInt.asUintN(36, 7n) / (1n & 12345678901234567890n))));
  print(show(({ b: Object.fromEntries(new Map([]))?.a, key: (v56 ?? 7n), [' 7 ']: ' 7 '.replace(/[a-z]+/g, (m, ...more) => `${m}${more.length}`) })));
  print(`v56 ${show(v56)}`);
  print(`f42 ${show(f42)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task57 = async () => {
  print('task 0 step 0');
  print((typeof undefined) + show(await new Promise((resolve, reject) => reject(new Map([[4294967296, '-0']]).get('0x1f')))) + show(await 3));
  const v58 = clip(Object.fromEntries(new Map([])));
  if (/a/.test((typeof undefined))) return (Infinity >= 255);
  function f59(a60, a61 = 1e-7, ...r62) {
    tick();
    let v63 = clip(([].slice(1, -1)[0] | 0xff));
    function f64(a65, a66 = 2147483647, ...r67) {
      tick();
      a60 ??= clip((false ?? a66));
      return ([a60, 'é', a66].every(x68 => false || x68 < 1n) ? a66 : a60);
    }
    return ({ ...({ 0: a60, ['é']: a60, 0: 1_000 }), ...({ ['x,y,z']: 'é', ['null']: 7n }) })?.a;
  }
  print('task 0 step 1');
  const w71 = await Promise.resolve(Promise.allSettled([later(0, [1n, 1.5].at(-2)), later(0, 0)])).then(x => print(`c69 ${show(x)}`), e => print(`c69! ${show(e)}`)).then(x => print(`c70 ${show(x)}`), e => print(`c70! ${show(e)}`));
  print(show(w71));
  return true;
};
task57().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task72 = async () => {
  print('task 1 step 0');
  print(`<${' 7 '}|${'a'}>` + show(await { then: (resolve, reject) => reject('😀!') }) + show(await ' 7 '));
  try {
    const v73 = clip(Object.keys(({ ...({}), ...({}) })).some(x74 => (Infinity <= 'x,y,z') || x74 < 'null'));
    const v75 = clip(([-2.5, true].join('') + (1 && 'a')).split('-0'));
  }
  catch (e76) {
    print(`caught ${show(e76)} ${e76 instanceof TypeError}`);
  }
  return 'x,y,z';
};
task72().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

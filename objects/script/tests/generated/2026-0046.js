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
  print(show(((p1 = 1e-7) => ((p1 || p1) ?? Infinity))()));
  const v2 = clip(({ b: ((p3 = '') => p3)(...[255], (-0 || undefined)), key: (1 | 0).toString(21), key: -2.5 }));
  const v4 = clip(new Set(' 7 '.split(/^x|y$/).filter(x5 => ('a-b' >= true) || x5 === '')));
  switch (((undefined && 0) || (false ? 7n : true))) {
    default: {
      let i6 = 0;
      do {
        tick();
        let n9 = 0;
        for (const x8 of [].map(x7 => -2.5).join('x,y,z')) {
          tick();
          if (++n9 > 6) break;
          const f11 = (a12, a13 = 'B', ...r14) => {
            tick();
            print(show((v2.a = a13)));
            return ((10 < 0b101) ? new Map([]).get(a13) : ({})?.b);
          };
        }
      } while (++i6 < 2);
    }
    case 1.5: {
      break;
    }
    case 'null'.replaceAll('null', '[$&]'): {
      break;
    }
    case '😀!'.replace(/a/, '<$&$1>'): {
    }
  }
  print(show(255));
  print(`v4 ${show(v4)}`);
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v15 = clip(((-9007199254740993n * (12345678901234567890n * 12345678901234567890n)) + 7n));
  let n17 = 0;
  for (const x16 of new Set([-3n])) {
    tick();
    if (++n17 > 6) break;
    const [d19 = [x16].at(1), d20, ...d21] = Array.from('x,y,z').toReversed();
    let n24 = 0;
    for (const x23 of new Set([true, 1].filter(x22 => true || x22 < x16))) {
      tick();
      if (++n24 > 6) break;
      await (d20 ?? 'x,y,z');
      switch (d20) {
        case (true ? '' : '0x1f'): {
          break;
        }
        case Math.max(-2.5, x16): {
          break;
        }
      }
    }
  }
  print(show([1_000].some(x26 => (!'é') || x26 === 0xff)));
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i27 = 4;
  while (i27-- > 0) {
    tick();
    function f28(a29, a30 = '-0', ...r31) {
      tick();
      let v32 = clip((4294967296 | 10));
      print(show(((p33 = 1n) => (('0' in ({ key: null })) ? (true ? 0n : 7n) : 'B'))(((a29 !== a29) ? (true ? a29 : 7n) : 'null'), a29)));
      if (isNaN(-0)) return (new Map([[undefined, 'null']]).get(a30) ?? a30);
      const [d34 = ((p37 = 1n) => 0)(), d35, ...d36] = r31.filter(x38 => [true, a29].every(x39 => true || x39 < null) || x38 === null);
      print(show(r31.reverse()));
      return a29;
    }
    print(show('a'.replace(/(\w)(\w)?/, '<$&$1>').split(/(\w)(\w)?/).flatMap((x, i) => [i, x])));
    if (/[a-z]+/.test('null'.substring(2, 3))) throw new Map([[10, 0xff], ['-0', 1_000]]).get('');
  }
  print(show(((1n & 255n) || ([][3] ?? 'x,y,z'))));
  print(`i27 ${show(i27)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v40 = clip(`<${new Map([[null, 1], ['😀!', 'B']]).get(('B' && '0x1f'))}|${[...[-0, -0], 0n].join('-0')}>`);
  let v41 = clip(['x,y,z', '12', 7]);
  print(show(new Map([])));
  print(`v41 ${show(v41)}`);
  print(`v40 ${show(v40)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task42 = async () => {
  print('task 0 step 0');
  print(String(JSON.stringify(({ a: -9007199254740993n, a: '12' }), null, 1)) + show(await true) + show(await '0x1f'));
  let i43 = 0;
  do {
    tick();
    print(show(((p44 = -1) => ('x,y,z' + p44))([1.5].join('😀!'), (4294967296 | 0).toString(9))));
    let [d45, d46] = [(0n ?? true), ((p48 = 'a') => 'B')('null')];
    [d45, d46] = [d46, d45];
    if ((-2.5 <= d46)) break;
  } while (++i43 < 3);
  return (undefined ?? 'é');
};
task42().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task49 = async () => {
  print('task 1 step 0');
  const w50 = await never(1, ('é' && 0));
  print(show(w50));
  const v51 = clip(Array.from('0x1f'));
  try {
    const { a: d52 = 3, [`k${'ey'}`]: d53, ...d54 } = ({ 0: ({})?.b, b: ((p55 = undefined) => 1e-7)(0) });
    print(show(-9007199254740993n));
  }
  catch (e56) {
    print(`caught ${show(e56)} ${e56 instanceof TypeError}`);
    const [d57 = [7n, 7][2], d58, ...d59] = '-0'.split('').flatMap((x, i) => [i, x]);
    function f60(a61, a62 = ((p64 = true) => 'é')(d57, d58), ...r63) {
      tick();
      const v65 = clip(String(d58).repeat(2));
      return a61;
    }
  }
  finally {
    print('finally');
  }
  return ({})?.key;
};
task49().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task66 = async () => {
  print('task 2 step 0');
  await Promise.resolve(never(1, new Error(`<${12345678901234567890n}|${'é'}>`))).then(x => (print(`c67 ${show(x)}`) ?? Promise.any([later(0, 1.5), later(0, ('12' || 'é'))])));
  try {
    const w68 = await true;
    print(show(w68));
    const v69 = clip(String(['a', true, '12'].flatMap((x, i) => [i, x])));
    const v70 = clip(new Map(Object.entries(({ key: 0n }))));
    const { a: d71 = (true && 1_000), [`k${'ey'}`]: d72, ...d73 } = ({ a: (v69 && -2.5), key: false, 0: v70.get(v69) });
    throw 'x,y,z';
  }
  catch (e74) {
    print(`caught ${show(e74)} ${e74 instanceof TypeError}`);
    const v75 = clip(new Set([...[], ' 7 '].slice(1, 3)));
    const f76 = (a77, a78 = (1.5 && 'B'), ...r79) => {
      tick();
      return (0xff + -0);
    };
  }
  finally {
    print('finally');
  }
  print('task 2 step 1');
  print(String(JSON.stringify([3, true], null, 1)) + show(await never(2, ['12', '', ''][0])) + show(await undefined));
  return false;
};
task66().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

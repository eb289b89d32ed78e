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
  let v1 = clip(({ ...Object.assign({}, ({}), ({ ['-0']: undefined, b: true })), ...({}) }));
  let n3 = 0;
  for (const [k4, x2] of new Map([['', 0]])) {
    tick();
    if (++n3 > 6) break;
    if (Boolean(k4)) break;
    const v5 = clip(new Set([]));
    const f6 = (a7, a8 = '0x1f', ...r9) => {
      tick();
      return r9.at(3);
    };
  }
  print(show((BigInt(NaN | 0) | BigInt.asUintN(48, 12345678901234567890n))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d10 = true, d11, ...d12] = [2, 4294967296];
  const v13 = clip(String(JSON.stringify(parseInt('x,y,z'.replace(/^x|y$/g, (m, ...more) => `${m}${more.length}`)), ['a', 'key'])));
  print(show(([][2] / (Math.floor(-0) / ('😀!' | NaN)))));
  print(`v13 ${show(v13)}`);
  print(`d11 ${show(d11)}`);
  print(`d10 ${show(d10)}`);
  print(`d12 ${show(d12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v14 = clip(`<${7n}|${'12'}>`.length);
  switch ('é'.concat(2)) {
    case `<${v14}|${'é'}>`: {
      await never(0, new SyntaxError(String(2)));
      let v15 = clip(new Set(Object.keys(({ ...({}), ...({}) }))));
    }
    default: {
      try {
        const v16 = clip(({}));
        let n19 = 0;
        for (const x18 of [v14, v14, v14].filter(x17 => true || x17 !== null).join('-0')) {
          tick();
          if (++n19 > 6) break;
          print(['a', v14, 'null'].join('12') + show(await later(3, 4294967296)) + show(await v14));
          print(show(((p21 = 0b101) => v14)()));
        }
      }
      catch (e22) {
        print(`caught ${show(e22)} ${e22 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    case `<${'é'}|${'0x1f'}>`: {
      break;
    }
  }
  print(show(({ ['x,y,z']: ((p23 = 1n) => true)((false ? v14 : undefined)), ['a-b']: v14, key: ('B' && [][1]) })));
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task24 = async () => {
  print('task 0 step 0');
  const w25 = await Promise.allSettled([later(0, 7)]);
  print(show(w25));
  try {
    let v26 = clip(new Set([' 7 ', '-0', undefined].toSorted().flatMap((x, i) => [i, x])));
    let v27 = clip([true, 'a-b'].at(3));
    const v28 = clip('0x1f');
  }
  finally {
    print('finally');
    const v29 = clip((typeof 7n).split(/[^a]/i).indexOf((- 0xff)));
    function f30(a31, a32 = ({ key: '😀!', a: 255n, key: 0.1 })?.b, ...r33) {
      tick();
      print(show(((p34 = a32) => a31)(...[String(10)], (a32 ?? a31))));
      return a31;
    }
  }
  return ({})?.[1];
};
task24().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task35 = async () => {
  print('task 1 step 0');
  const w37 = await new Promise((resolve, reject) => reject(''));
  print(show(w37));
  function f38(a39, a40 = ('x,y,z' ?? 0b101), ...r41) {
    tick();
    function f42(a43, a44 = a40, ...r45) {
      tick();
      print(show(((p46 = a39) => a39)()));
      return ' 7 ';
    }
    return a40;
  }
  print('task 1 step 1');
  print([...'x,y,z'].toReversed().join('') + show(await later(1, false)) + show(await null));
  print('task 1 step 2');
  await { then: (resolve, reject) => reject('😀!') };
  return (null ?? 'null');
};
task35().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

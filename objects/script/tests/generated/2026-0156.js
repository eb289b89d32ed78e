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
  print([-0, 1e-7, 1.5].join('a-b') + show(await Promise.resolve((undefined || '0x1f'))) + show(await 7n));
  let i1 = 3;
  while (i1-- > 0) {
    tick();
    print(show(((p2 = -2.5) => (3 && new Map([[undefined, true]]).get(7)))()));
    for (let i3 = 0; i3 < 3; i3 += 2) {
      const f4 = (x = 1) => `${i3}${typeof x}`;
      tick();
      if (Math.max(1.5, 1.5)) {
        function f5(a6, a7 = true, ...r8) {
          tick();
          let v9 = clip(`<${'a-b'.trimEnd()}|${[a7].join('0x1f').substring(3, 3)}>`);
          print(show(((7 === (+NaN)) ? (a7 ?? a6) : String(a6))));
          return [a6, a7].map(x10 => null).at(-1);
        }
      }
      else {
      }
    }
  }
  print(show(new Map([['B', String(JSON.stringify([undefined, 1e21, null], null, 1))]])));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const { a: d11 = 10, [`k${'ey'}`]: d12, ...d13 } = Object.assign({}, Object.fromEntries(new Map([[2, 'B']])), ({}));
  const v14 = clip(new Set([].concat([null]).map(x15 => (-0 && d11))));
  if ((1).toFixed(0)) {
    try {
    }
    finally {
      print('finally');
    }
  }
  print(show(({})));
  print(`v14 ${show(v14)}`);
  print(`d12 ${show(d12)}`);
  print(`d11 ${show(d11)}`);
  print(`d13 ${show(d13)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  await never(0, new Error(String(JSON.stringify('B', ['a', 'key']))));
  let v16 = clip(new Map(Object.entries(Object.fromEntries(new Map([])))));
  try {
    const { a: d17 = false, [`k${'ey'}`]: d18, ...d19 } = ({ ['x,y,z']: [undefined, ' 7 ', '12'][0], ['a']: (' 7 ' ?? true), key: ['😀!', null, null][2] });
    try {
      print(show(v16.set(parseInt('null'), 'a').size));
      let [d20, d21] = [(true ?? d18), d18];
      [d20, d21] = [d21, d20];
      let n24 = 0;
      for (const x23 of (new Map([[d20, d20], [d18, 3]]).has(undefined) ? 'null' : (10).toPrecision(4))) {
        tick();
        if (++n24 > 6) break;
      }
    }
    catch (e26) {
      print(`caught ${show(e26)} ${e26 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  catch (e27) {
    print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(`<${(((p28 = undefined) => 4294967296)(...[true], 'é') || 12345678901234567890n)}|${`<${v16.get(null)}|${`<${'a-b'}|${'a-b'}>`}>`}>`));
  print(`v16 ${show(v16)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f29 = function (a30, a31 = ((p33 = undefined) => p33)('😀!'), ...r32) {
    tick();
    let i34 = 0;
    do {
      tick();
      function f35(a36, a37 = a30, ...r38) {
        tick();
        r32 = clip(r38);
        return a31;
      }
    } while (++i34 < 1);
    return ((p39 = '😀!') => ((p40 = 'B') => '0x1f')())(r32.at(2), a30);
  };
  print(show((+(Number('0x1f') / (-0 % 1e-7)))));
  print(`f29 ${show(f29)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task41 = async () => {
  print('task 0 step 0');
  const w42 = await Promise.resolve(2147483647);
  print(show(w42));
  let [d43, d44] = ['0x1f', new Map([['null', 10], [true, null]]).get(null)];
  [d43, d44] = [d44, d43];
  print(show(BigInt(((null > d43) ? (Infinity | 1e-7) : (1_000 ^ Infinity)) | 0)));
  const v46 = clip(Math.imul(((1e-7 / 1e21) ^ Math.fround(-2.5)), d43));
  print('task 0 step 1');
  print(String([d44]) + show(await Promise.any([later(1, false), Promise.any([later(1, ({ b: true, key: d44, key: true })?.a), later(0, (false ? '😀!' : d43)), later(3, 'a')])])) + show(await 1e-7));
  return ({ a: '12' })?.a;
};
task41().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

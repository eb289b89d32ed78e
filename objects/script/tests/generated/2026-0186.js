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
  for (let i1 = 0; i1 < 2; i1++) {
    tick();
    let n3 = 0;
    for (const x2 of [undefined]) {
      tick();
      if (++n3 > 6) break;
      if (Number.isInteger(i1)) continue;
      const v5 = clip((Math.sqrt(parseInt('12')) ^ i1));
      try {
        const [d6 = -1, d7, ...d8] = ['null'];
        if (/[a-z]+/.test(`<${0.1}|${'0x1f'}>`)) throw new RangeError(`<${x2}|${'0x1f'}>`);
        print(show(String(JSON.stringify(('a-b' + '😀!').padEnd(3, 'a'), ['a', 'key']))));
        print(show((Array.isArray('😀!') ? d6 : new Map([[Infinity, d7], [null, x2]]).get(x2))));
      }
      catch (e9) {
        print(`caught ${show(e9)} ${e9 instanceof TypeError}`);
      }
    }
  }
  print(show((typeof [true][2]).replaceAll('B', '[$&]')));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f10 = (a11, a12 = (null || '-0'), ...r13) => {
    tick();
    function f14(a15, a16 = a11, ...r17) {
      tick();
      function f18(a19, a20 = ('a' || true), ...r21) {
        tick();
        let v22 = clip((12345678901234567890n * 0n));
        let [d23, d24] = ['12', (a16 || 0.1)];
        [d23, d24] = [d24, d23];
        function f26(a27, a28 = a11, ...r29) {
          tick();
          return d24;
        }
        return (v22 | 1n);
      }
      return Object.fromEntries(new Map([['a', 1e-7], [255n, -2.5]]))?.b;
    }
    return ((undefined && true) || new Map([]).get('é'));
  };
  print(show(Math.max((/\s*,\s*/.test('😀!') ? (-2.5 % -1) : [0n, undefined].indexOf(' 7 ')), String(JSON.stringify(({ b: 'x,y,z', b: '12', 0: '😀!' }))))));
  print(`f10 ${show(f10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v30 = clip(`<${('a' !== undefined)}|${String(JSON.stringify(Object.fromEntries(new Map([['a', 'null'], [undefined, undefined]])), ['a', 'key']))}>`);
  let v31 = clip((255n | 7n));
  print(show(['B', 0]));
  print(`v31 ${show(v31)}`);
  print(`v30 ${show(v30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  const w34 = await never(3, new RangeError(`<${7}|${'é'}>`));
  print(show(w34));
  print('a-b'.padEnd(4, '0x1f') + show(await 12345678901234567890n) + show(await null));
  print(show(((p35 = 1_000) => ['', undefined].flatMap((x, i) => [i, x])[0])(...[(1_000 & 7)], (false ? ' 7 ' : ' 7 '))));
  print('task 0 step 1');
  const w36 = await later(1, [].at(1));
  print(show(w36));
  try {
  }
  catch (e37) {
    print(`caught ${show(e37)} ${e37 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 0 step 2');
  await Promise.resolve(({ 0: -0, key: null })?.b);
  return (false ? '0x1f' : -9007199254740993n);
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task38 = async () => {
  print('task 1 step 0');
  await never(1, [12345678901234567890n][2]);
  let v39 = clip(new Set(Array.from(new Set(['-0', 1.5, undefined])).map(x40 => ' 7 ')));
  print(show(v39.add((1_000 || (false ? NaN : '0x1f'))).size));
  switch (([1, 'é', 'B'].every(x41 => true || x41 < '-0') ? ({ 0: true, key: '-0', b: undefined })?.key : (true ? undefined : 4294967296))) {
    case Math.max(1, null): {
      print(`<${'a-b'}|${'a-b'}>` + show(await later(0, ('a' ?? 2147483647))) + show(await undefined));
      print(show(((p42 = 'B') => `<${p42}|${'é'}>`)()));
      break;
    }
    default: {
    }
    case `<${'😀!'}|${'B'}>`: {
    }
  }
  print('task 1 step 1');
  const w43 = await E(target).slow(-9007199254740993n);
  print(show(w43));
  return 1.5;
};
task38().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

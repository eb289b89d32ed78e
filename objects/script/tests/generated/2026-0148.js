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
  let n3 = 0;
  for (const x2 of [].flatMap((x, i) => [i, x]).filter(x1 => ('key' in ({ 1: -3n, ['null']: 'B' })) || x1 < undefined)) {
    tick();
    if (++n3 > 6) break;
    const v5 = clip([...[x2], x2].map(x6 => (0.1 || x2)).toSorted());
    print(show(0n));
    const [d7 = (x2 ?? '12'), d8, ...d9] = v5;
    switch (Number('a')) {
      case String(undefined): {
        print(show(((p10 = true) => 0n)(((p11 = null) => (10 ?? 3))())));
        print('null'.repeat(2) + show(await ('x,y,z' ?? undefined)) + show(await d8));
        try {
          let v12 = clip(String(JSON.stringify(Math.fround(Math.abs(1_000)), null, 1)));
          throw new TypeError('null');
        }
        finally {
          print('finally');
        }
      }
    }
  }
  print(show(new Map([['a', new Map(Object.entries(({ a: 1e-7, key: 'é', 1: 'é' }))).get(0n)]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d13 = [][0], d14, ...d15] = [0n];
  let v16 = clip(({ a: (255n & 12345678901234567890n) }));
  try {
    const [d17 = ['x,y,z'][0], d18, ...d19] = Array.from(new Set([7n, d14, 0xff]));
    let v20 = clip(d15);
    throw new TypeError(('a-b' + undefined));
  }
  finally {
    print('finally');
    try {
      print(show(((p21 = 'B') => (d13 ?? d14))(...[(v16?.[0] || new Map([[d14, d13], [d13, d14]]).get(null))], String(JSON.stringify(4294967296, ['a', 'key'])))));
      switch ((('0' in v16) ? (1_000 || '12') : true)) {
        case d14: {
        }
      }
      throw new SyntaxError((4294967296 | 0).toString(2));
    }
    catch (e22) {
      print(`caught ${show(e22)} ${e22 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set([...[], '12'])));
  print(`v16 ${show(v16)}`);
  print(`d14 ${show(d14)}`);
  print(`d13 ${show(d13)}`);
  print(`d15 ${show(d15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v23 = clip(BigInt((+(NaN - NaN)) | 0));
  for (let i24 = 0; i24 < 4; i24 += 2) {
    const f25 = (x = 1) => `${i24}${typeof x}`;
    tick();
    print(show(/b*?/.test([undefined].join('0x1f').padEnd(9, 'null'))));
    print(show(({ ...Object.fromEntries(new Map([[undefined, NaN], [null, '12']])), ...Object.assign({}, ({ ['a']: -9007199254740993n, b: 0 }), ({})) })));
  }
  v23 = clip(v23);
  print(show(`<${((p26 = true) => p26)(undefined, 1)}|${(typeof 'a')}>`.charAt(2)));
  print(`v23 ${show(v23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f27 = (a28, a29 = false, ...r30) => {
    tick();
    try {
      const f31 = (a32, a33 = 1e21, ...r34) => {
        tick();
        let n36 = 0;
        for (const x35 of (String(JSON.stringify([a32, 'null'], null, 1)) + false)) {
          tick();
          if (++n36 > 6) break;
          const f38 = function (a39, a40 = (0 || a29), ...r41) {
            tick();
            let v42 = clip(r30);
            const [d43 = a33, d44, ...d45] = v42.flatMap((x, i) => [i, x]);
            return ((1e-7 && a29) ?? ((p46 = a40) => undefined)());
          };
          const f47 = function (a48, a49 = a29, ...r50) {
            tick();
            print(show(1n));
            return new Map([]).get(4294967296);
          };
        }
        return (0.1 || a32);
      };
    }
    finally {
      print('finally');
    }
    return String(JSON.stringify('0x1f', null, 1));
  };
  print(show((BigInt.asUintN(46, BigInt.asUintN(41, 0n)) * (BigInt.asUintN(45, -9007199254740993n) + 255n))));
  print(`f27 ${show(f27)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  print(String('12') + show(await Promise.all([-2.5, later(0, ({ a: undefined, a: 0, key: undefined })?.a)])) + show(await NaN));
  let v52 = clip(/a/.test((typeof [null, 0.1, '0x1f'].at(3))));
  const v53 = clip(new Map([['é', (({ 1: null, key: 1n })?.a ?? 'a')]]));
  v52 = clip(v52);
  print('task 0 step 1');
  await new Promise((resolve, reject) => reject(({})?.[0]));
  for (let i54 = 0; i54 < 3; i54 += 1) {
    tick();
  }
  return -0;
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task55 = async () => {
  print('task 1 step 0');
  const w56 = await { then: (resolve, reject) => resolve(new Map([[255n, 0n], ['', -9007199254740993n]]).get('')) };
  print(show(w56));
  switch ((false ? Infinity : 1.5)) {
    case (Infinity << 0b101): {
      let v57 = clip(((false <= ((p58 = true) => 'null')(...[12345678901234567890n], 'x,y,z')) ? Object.values(({ ['😀!']: 0n }))[0] : ' 7 '.split(/(\w)(\w)?/)[0]));
      print(String(JSON.stringify('a', null, 1)) + show(await E(target).echo(v57)) + show(await -1));
    }
    case 'a-b': {
      const f59 = (a60, a61 = ({ a: 'a' })?.[0], ...r62) => {
        tick();
        let v63 = clip(r62);
        return (0 & -2.5);
      };
      break;
    }
  }
  print('task 1 step 1');
  await E(target).slow(true);
  return (false ? 2 : null);
};
task55().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

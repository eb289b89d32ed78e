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
  let n2 = 0;
  for (const x1 of 'a-b') {
    tick();
    if (++n2 > 6) break;
    try {
      function f4(a5, a6 = 10, ...r7) {
        tick();
        let v8 = clip((String(0) + 'é'.slice(3)));
        let v9 = clip(new Set([].toReversed().toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))));
        let v10 = clip(v8);
        const v11 = clip(((0 < a5) ? String(JSON.stringify((0 | 2), null, 1)) : '-0'));
        return BigInt(1e-7 | 0);
      }
      let v12 = clip(new Set([x1, null, NaN]));
    }
    catch (e13) {
      print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
    }
  }
  print(show(BigInt.asUintN(28, (255n | (-9007199254740993n / 12345678901234567890n)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n15 = 0;
  for (const [k16, x14] of new Map([])) {
    tick();
    if (++n15 > 6) break;
    let i17 = 0;
    do {
      tick();
      let v18 = clip(Object.fromEntries(new Map([[1e21, k16]])));
      const f19 = (a20, a21 = (false ? 1e-7 : k16), ...r22) => {
        tick();
        return ((p23 = 10) => false)(...[a20], -1);
      };
    } while (++i17 < 3);
  }
  print(show((((7n ^ 7n) % 255n) ^ ((1n % -3n) & BigInt.asUintN(35, 1n)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v24 = clip(new Map([[undefined, (/(\w)(\w)?/.test('12') ? false : ((p25 = 2147483647) => '')('😀!', 7n))], [-1, new Map([['null', 1e21]]).get('0x1f')]]));
  function f26(a27, a28 = '12', ...r29) {
    tick();
    try {
      print(show(new Set(r29.map(x30 => x30))));
    }
    finally {
      print('finally');
    }
    return -3n;
  }
  print(show(String(Object.fromEntries(v24))));
  print(`f26 ${show(f26)}`);
  print(`v24 ${show(v24)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f31 = (a32, a33 = (true ? true : Infinity), ...r34) => {
    tick();
    let v35 = clip(((BigInt.asUintN(11, 255n) * (7n - 12345678901234567890n)) / (BigInt(1.5 | 0) - BigInt(Infinity | 0))));
    try {
      let i36 = 0;
      l37: do {
        tick();
      } while (++i36 < 4);
    }
    finally {
      print('finally');
    }
    return Math.fround(1_000);
  };
  print(show(new Map([])));
  print(`f31 ${show(f31)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task38 = async () => {
  print('task 0 step 0');
  await later(2, 3);
  const v39 = clip(('B'.repeat(2) <= ['0x1f'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))[0]));
  const v40 = clip(([].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).length / (({})?.b - (0.1 >> 1_000))));
  try {
    let v41 = clip(Object.assign({}, Object.assign({}, ({}), ({ b: 'é' })), ({ b: ('é' || 12345678901234567890n), 0: v40, key: -9007199254740993n })));
    if (v39) throw new Map([[true, 2], [3, 255]]).get(null);
    throw new RangeError((false ? 'x,y,z' : 'a'));
  }
  catch (e42) {
    print(`caught ${show(e42)} ${e42 instanceof TypeError}`);
  }
  print('task 0 step 1');
  const w43 = await never(2, (1_000 ?? '0x1f'));
  print(show(w43));
  return v40;
};
task38().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task44 = async () => {
  print('task 1 step 0');
  await later(3, [][2]);
  print(show(((p45 = undefined) => -9007199254740993n)((true ? 0xff : 1e-7), new Map([[1, true]]).get('😀!'))));
  let n47 = 0;
  for (const [k48, x46] of new Map([])) {
    tick();
    if (++n47 > 6) break;
    print(show(BigInt(((false ? 0xff : 4294967296) % (~4294967296)) | 0)));
    let v49 = clip(new Set(Object.values(({ b: 'x,y,z', [' 7 ']: x46, b: null })).toReversed()));
  }
  print('task 1 step 1');
  await never(2, new Error(('x,y,z' + 0b101)));
  return new Map([]).get('-0');
};
task44().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task51 = async () => {
  print('task 2 step 0');
  const w52 = await never(1, new SyntaxError('B'.substring(3, 5)));
  print(show(w52));
  l54: for (let i53 = 0; i53 < 3; i53++) {
    tick();
    print(show(new Map([[1, `<${null}|${'0x1f'}>`], ['-0', '😀!'.concat(undefined)]])));
    await later(1, (0xff ?? undefined));
  }
  return [true, -3n].at(3);
};
task51().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

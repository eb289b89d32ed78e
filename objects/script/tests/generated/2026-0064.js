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
  l3: for (const [k4, x1] of new Map([[true, '']])) {
    tick();
    if (++n2 > 6) break;
    if (x1) {
      let n6 = 0;
      l7: for (const x5 of [0n, '-0'].toReversed().toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))) {
        tick();
        if (++n6 > 6) break;
        let [d9, d10] = [(x5 ?? null), (true ? undefined : null)];
        [d9, d10] = [d10, d9];
        if (([0xff, k4].length < (d9 / 1_000))) break l7;
        const v12 = clip(BigInt.asUintN(59, BigInt.asUintN(68, (255n / 0n))));
        if ([k4, d10].some(x13 => /a/.test('a') || x13 !== -2.5)) break l7;
      }
      const v14 = clip((!' 7 '.split('0x1f').at(-2)));
    }
    else {
    }
  }
  print(show(new Map([])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v15 = clip(Array.from(new Set([...['é', ' 7 '], 7n])));
  let n17 = 0;
  for (const [k18, x16] of new Map([])) {
    tick();
    if (++n17 > 6) break;
    l20: for (let i19 = 0; i19 < 1; i19++) {
      tick();
      if (({ ['-0']: x16, 0: k18, 0: 12345678901234567890n })?.key) {
        let v21 = clip(new Set(v15.flatMap((x, i) => [i, x])));
        print(show(v15.sort()));
        v21 = clip(v21);
        const v22 = clip(''.split(/\s*,\s*/).map(x23 => x23)[0]);
      }
    }
  }
  print(show(BigInt(((4294967296 * 7) / Math.min(7, '0x1f')) | 0)));
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (((1e21 === NaN) ? new Map([]).get('0x1f') : new Map([['12', '-0'], [7n, '12']]).get('é'))) {
    let n25 = 0;
    for (const x24 of ['12', 0n, undefined]) {
      tick();
      if (++n25 > 6) break;
      try {
        let v27 = clip(new Set([255n, x24].flatMap((x, i) => [i, x])));
        function f28(a29, a30 = x24, ...r31) {
          tick();
          let v32 = clip(new Map([]).has((a30 < null)));
          print(show(((p33 = 'a-b') => ({ key: true, 1: 'null' })?.a)(...[([-2.5, a30, a29].at(0) && ({ 1: a30 })?.a)], a30)));
          return Math.max(4294967296, 'a');
        }
        let [d34, d35] = [f28(null), 'B'];
        [d34, d35] = [d35, d34];
        let v37 = clip(Array.from(v27));
      }
      finally {
        print('finally');
      }
    }
  }
  print(show(['a-b', true, 1n].includes((false ? ' 7 ' : 'a-b'))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    const v38 = clip(new Set([].map(x39 => 'a-b').flatMap((x, i) => [i, x])));
    try {
      let n41 = 0;
      l42: for (const [k43, x40] of new Map([['', [][2]], [3, ('0x1f' ?? 'a')]])) {
        tick();
        if (++n41 > 6) break;
        const [d44 = NaN, d45, ...d46] = Object.keys(Object.fromEntries(new Map([[true, ' 7 ']])));
      }
    }
    catch (e47) {
      print(`caught ${show(e47)} ${e47 instanceof TypeError}`);
    }
  }
  catch (e48) {
    print(`caught ${show(e48)} ${e48 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Set([].concat([255, true]))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task49 = async () => {
  print('task 0 step 0');
  await Promise.allSettled([never(1, new Error((1e21 | 0).toString(8)))]);
  print(show(((p50 = true) => ({ ['-0']: 0, a: p50, ['null']: -2.5 })?.a)(...[Math.min(0.1, undefined)], Object.keys(({ a: ' 7 ', key: 1.5 }))[0])));
  let v51 = clip(String(new Map([[-2.5, true], [1n, null]]).get([null, -2.5][0])));
  return 0xff;
};
task49().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task52 = async () => {
  print('task 1 step 0');
  const w53 = await later(2, ({ 0: -2.5 })?.key);
  print(show(w53));
  switch ('-0'.padStart(8, 'B')) {
    case (- NaN): {
      let v54 = clip(BigInt(Math.floor((7 << 1e21)) | 0));
      const f55 = (a56, a57 = false, ...r58) => {
        tick();
        return (0 % 7);
      };
      break;
    }
    case 1.5: {
    }
    default: {
    }
    case 1e-7: {
      break;
    }
  }
  print('task 1 step 1');
  await later(2, ((p59 = 'x,y,z') => '😀!')('x,y,z', 1));
  return 10;
};
task52().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task60 = async () => {
  print('task 2 step 0');
  await never(2, [][0]);
  function f61(a62, a63 = ((p65 = undefined) => '0x1f')(true), ...r64) {
    tick();
    if (((!null) || /\d+/.test('null'))) throw ((p66 = undefined) => 'é')(a62, 'a');
    if ((('' ?? null) <= ({ ['a-b']: 2147483647, key: undefined, 1: 1n })?.[1])) throw new TypeError('');
    function f67(a68, a69 = a63, ...r70) {
      tick();
      const { a: d71 = 'a-b', [`k${'ey'}`]: d72, ...d73 } = Object.fromEntries(new Map([[12345678901234567890n, '😀!'], [true, true]]));
      let v74 = clip(new Set([].map(x75 => '0x1f')));
      return a69;
    }
    return r64[3];
  }
  return f61(...[''], undefined);
};
task60().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

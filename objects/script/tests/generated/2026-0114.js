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
  const v1 = clip(-3n);
  function f2(a3, a4 = (true ? 1e21 : 'a-b'), ...r5) {
    tick();
    for (let i6 = 0; i6 < 3; i6 += 2) {
      tick();
      let v7 = clip(({})?.[1]);
      const f8 = (a9, a10 = 255, ...r11) => {
        tick();
        if (('a-b' > 1n)) throw new RangeError((2).toPrecision(7));
        return v7;
      };
    }
    return a4;
  }
  print(show(new Map([['', (true / -0)]])));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d12 = ({})?.[0], d13, ...d14] = [...[Infinity, 'a'], null].toSorted();
  const v15 = clip(({}));
  print(show((('-0' + 4294967296) + new Map([[d12, 0b101], [undefined, null]]).get('é'))));
  print(`v15 ${show(v15)}`);
  print(`d13 ${show(d13)}`);
  print(`d12 ${show(d12)}`);
  print(`d14 ${show(d14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ((Boolean(true) && ('0x1f' === '😀!'))) throw new SyntaxError(`<${2147483647}|${'x,y,z'}>`);
  let n17 = 0;
  l18: for (const x16 of String(JSON.stringify(''.split('0x1f'), ['a', 'key']))) {
    tick();
    if (++n17 > 6) break;
    let n21 = 0;
    for (const x20 of Object.values(Object.fromEntries(new Map([[undefined, true], [x16, 'é']])))) {
      tick();
      if (++n21 > 6) break;
      let n24 = 0;
      l25: for (const x23 of new Set([undefined, 'é', 1.5].toSorted())) {
        tick();
        if (++n24 > 6) break;
        let v27 = clip([x16, true].map(x28 => ((p29 = x20) => 255n)(x28, 12345678901234567890n)));
        let v30 = clip((('1' in ({ 0: x16 })) && (7 < 1.5)));
      }
      let v31 = clip(({}));
    }
  }
  print(show((typeof ({ b: undefined })?.key)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  print(''.padStart(2, '-0') + show(await Promise.all([new Promise(resolve => resolve(later(2, (1e21 ?? 1)))), Promise.resolve(later(3, 1e21)).then(x => (print(`c33 ${show(x)}`) ?? later(1, [''][2]))).then(x => print(`c34 ${show(x)}`), e => print(`c34! ${show(e)}`))])) + show(await 'a'));
  await later(1, 'B');
  let v35 = clip(`<${[1, 'a-b'].at(-1)}|${'0x1f'.concat(0n)}>`.split('-0'));
  let v36 = clip(new Set(['a', '']));
  print('task 0 step 1');
  await { then: (resolve, reject) => later(2, ((p37 = 2147483647) => p37)(...[0.1], 'B')).then(resolve) };
  return 'null';
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task38 = async () => {
  print('task 1 step 0');
  print((true ? '12' : 'a') + show(await Promise.resolve(['B'].at(3))) + show(await true));
  let n40 = 0;
  l41: for (const [k42, x39] of new Map([])) {
    tick();
    if (++n40 > 6) break;
    function f43(a44, a45 = ' 7 ', ...r46) {
      tick();
      print(show(((p47 = 255n) => p47)((a44 ?? ['12', 3, 'B'].at(3)), ((0.1 || '-0') && new Map([]).get(true)))));
      const v48 = clip((BigInt.asUintN(0, (255n - 7n)) ^ BigInt.asUintN(66, BigInt(0.1 | 0))));
      return (new Map([[undefined, undefined]]).has('😀!') ? 'null' : a44);
    }
  }
  return ({ ['']: 'é' })?.a;
};
task38().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task49 = async () => {
  print('task 2 step 0');
  const w53 = await Promise.resolve(Promise.race([later(1, new Map([]).get(null)), later(2, 7)])).then(x => (print(`c50 ${show(x)}`) ?? new Promise(resolve => resolve(later(1, 7n))))).then(x => print(`c51 ${show(x)}`), e => print(`c51! ${show(e)}`)).then(x => (print(`c52 ${show(x)}`) ?? later(1, (true ?? true))));
  print(show(w53));
  function f54(a55, a56 = true, ...r57) {
    tick();
    const [d58 = ({})?.b, d59, ...d60] = r57.flatMap((x, i) => [i, x]);
    let v61 = clip(({}));
    print(show(((p62 = 0b101) => a55)(('😀!' || a56), ((2 > 2147483647) ? 1.5 : a56))));
    const v63 = clip(((true ? 'x,y,z' : 'x,y,z') !== new Map(Object.entries(({ ['x,y,z']: ' 7 ', ['0x1f']: 'B', key: '12' }))).get(a55)));
    print(show(d60.unshift((['B'].at(1) ?? a56))));
    return new Map([]).get(a55);
  }
  const f64 = (a65, a66 = 3, ...r67) => {
    tick();
    return 0;
  };
  return false;
};
task49().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

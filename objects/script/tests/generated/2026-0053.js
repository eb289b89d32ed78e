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
  const v1 = clip((((-1 * 1.5) >= ('B' & 10)) ? [2147483647].flatMap((x, i) => [i, x]).at(0) : new Map([]).get(((p2 = NaN) => p2)(null, true))));
  let v3 = clip(new Set([].map(x4 => ' 7 ').slice(0, 0)));
  print(show(v3.delete('12')));
  print(show(((p5 = '12') => v1)(...[(({})?.a && (false ? v1 : undefined))], (true || '-0'))));
  print(show(12345678901234567890n));
  print(`v3 ${show(v3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f6(a7, a8 = new Map([]).get(255n), ...r9) {
    tick();
    try {
      switch (a8) {
        default: {
          a7 &&= clip(a7);
          print(show(((p10 = a7) => ([3, a7, a8].at(0) && 12345678901234567890n))(...[a8], (1e21 ?? a8))));
          print(show(((-9007199254740993n * 1n) !== a7)));
          let [d11, d12] = [a7, (false ? 10 : a7)];
          [d11, d12] = [d12, d11];
        }
        case -9007199254740993n: {
          print(show(((p14 = a7) => ((true ?? a8) || ({})?.key))()));
        }
      }
    }
    catch (e15) {
      print(`caught ${show(e15)} ${e15 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
    return a7;
  }
  print(show(({})));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (`<${true}|${'-0'}>`) {
    let v16 = clip(({ a: [...['é', 'é'], 3].at(-2), 0: (false ? '😀!' : 'a-b'), a: (1e-7 ?? [1_000, 'B'][2]) }));
    let n18 = 0;
    for (const x17 of `<${255n}|${(typeof 1_000)}>`) {
      tick();
      if (++n18 > 6) break;
      const f20 = (a21, a22 = -9007199254740993n, ...r23) => {
        tick();
        const f24 = (a25, a26 = 4294967296, ...r27) => {
          tick();
          print(show(r23.push(a22)));
          let v28 = clip(-9007199254740993n);
          return a21;
        };
        l30: for (let i29 = 0; i29 < 1; i29 += 1) {
          const f31 = (x = 1) => `${i29}${typeof x}`;
          tick();
          let v32 = clip(('-0' + 10).split(/b*?/).join('0x1f'));
        }
        return f24(...[x17], ({ 1: a22 })?.[1]);
      };
    }
  }
  print(show([255n, ' 7 ', ''].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).slice(1, 3).concat('a-b'.split(/b*?/).map(x33 => [x33, x33][3]))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n35 = 0;
  l36: for (const x34 of (typeof ('-0' ?? 'a'))) {
    tick();
    if (++n35 > 6) break;
    let i38 = 0;
    do {
      tick();
      for (let i39 = 0; i39 < 4; i39++) {
        tick();
        let v40 = clip((i39 | Array.from(new Set([])).indexOf(x34)));
        print(show([true, 'a-b'].toSorted().toReversed().map(x41 => ((!'null') ? x41 : x41))));
      }
    } while (++i38 < 2);
  }
  print(show(new Map([[null, `<${1_000}|${'x,y,z'}>`]])));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task42 = async () => {
  print('task 0 step 0');
  print((0 | 0).toString(22) + show(await Promise.resolve({ then: (resolve, reject) => later(2, 1_000).then(resolve) }).then(x => print(`c43 ${show(x)}`), e => print(`c43! ${show(e)}`)).then(x => print(`c44 ${show(x)}`), e => print(`c44! ${show(e)}`))) + show(await 255));
  print(show(((p45 = 'B') => ('' && p45))(...['null'], '')));
  const v46 = clip(Math.max((['', 0b101].length | 'a-b'.length), 7));
  print('task 0 step 1');
  const w47 = await { then: (resolve, reject) => later(2, (true ? undefined : null)).then(resolve) };
  print(show(w47));
  try {
    if (('12' <= '-0')) throw [true, 7, 0b101][0];
    throw new Error('B'.padEnd(2, '😀!'));
  }
  catch (e48) {
    print(`caught ${show(e48)} ${e48 instanceof TypeError}`);
  }
  return '12';
};
task42().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task49 = async () => {
  print('task 1 step 0');
  await { then: (resolve, reject) => reject(((p50 = 1.5) => undefined)(...['😀!'], 'x,y,z')) };
  let v51 = clip(/\s*,\s*/.test((typeof -0)));
  let i52 = 0;
  do {
    tick();
    const v53 = clip([...String(({ 1: true }))].toReversed().join(''));
    let v54 = clip(v51);
    let v55 = clip(new Map(Object.entries(({ 0: v53, 0: v53, key: 1.5 }))));
    const f56 = (a57, a58 = 1e21, ...r59) => {
      tick();
      if (([].length < (true - 255))) throw v51;
      return (a57 ?? v53);
    };
  } while (++i52 < 2);
  print('task 1 step 1');
  const w60 = await E(target).bad((-9007199254740993n ?? null));
  print(show(w60));
  print('task 1 step 2');
  await new Promise((resolve, reject) => reject((true ? '12' : true)));
  return ((p62 = 255n) => p62)('é');
};
task49().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const f1 = function (a2, a3 = (12345678901234567890n ?? 1n), ...r4) {
    tick();
    try {
      let v5 = clip(new Map([[1e21, Object.fromEntries(new Map([]))?.[1]], [true, a3]]));
      r4 = clip([a3].concat([3]).map(x6 => 'null').concat(r4));
    }
    catch (e7) {
      print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
      if (a3) {
        print(show(r4.push(a3)));
      }
    }
    return a2;
  };
  print(show(Array.from(('0x1f'.substring(0, 0) + 1_000))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v8 = clip(new Set(Array.from(new Set([0.1, 12345678901234567890n]))));
  print(show(((p9 = 2) => p9)((undefined !== true))));
  l12: for (let i11 = 0; i11 < 4; i11++) {
    const f13 = (x = 1) => `${i11}${typeof x}`;
    tick();
    print(show(isNaN(({ b: 255, key: ' 7 ', 1: 'a-b' })?.key)));
    print(show(v8.add((null - 2)).size));
    let v14 = clip((/b*?/.test((2147483647 | 0).toString(2)) ? i11 : i11));
  }
  const v15 = clip(new Set([].map(x16 => ({ b: x16, key: -9007199254740993n })?.[1])));
  const v17 = clip(BigInt.asUintN(0, BigInt('0x1f'.length | 0)));
  print(show(({})));
  print(`v17 ${show(v17)}`);
  print(`v15 ${show(v15)}`);
  print(`v8 ${show(v8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  print([].join('') + show(await Promise.resolve(E(target).slow(((p19 = 10) => '12')(2147483647))).then(x => (print(`c20 ${show(x)}`) ?? Promise.resolve(later(1, (10 || 10))).finally(() => (print('c21') ?? later(1, new Map([[0xff, Infinity]]).get(null)))))).then(x => (print(`c22 ${show(x)}`) ?? later(1, '😀!')))) + show(await undefined));
  if (isNaN((false ? undefined : '-0'))) throw new SyntaxError(`<${null}|${'null'}>`);
  if (((null * -1) < (- 0b101))) throw new RangeError(String(({})));
  print('task 0 step 1');
  const w23 = await 'x,y,z';
  print(show(w23));
  const f24 = function (a25, a26 = [].at(-1), ...r27) {
    tick();
    if (Array.isArray((a25 || '😀!'))) throw new Error((false ? 'a' : 'é'));
    const { a: d28 = [a26, 'a-b', -1][0], [`k${'ey'}`]: d29, ...d30 } = Object.assign({}, ({ ...({ key: a26, key: undefined, a: a26 }), ...({ ['a']: undefined, ['12']: a25, b: null }) }), Object.assign({}, ({}), ({ a: 0xff })));
    print(show((d30[a25] = 1)));
    return ('a-b' - NaN);
  };
  return f24(...[null], '0x1f');
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task31 = async () => {
  print('task 1 step 0');
  await Promise.resolve(never(2, 2)).then(x => print(`c32 ${show(x)}`), e => print(`c32! ${show(e)}`)).then(x => (print(`c34 ${show(x)}`) ?? ({ then: (resolve, reject) => resolve((1 ?? 'x,y,z')) }))).then(x => print(`c35 ${show(x)}`), e => print(`c35! ${show(e)}`));
  switch (((0 >= 0.1) ? ('😀!' ?? 2) : true)) {
    case (true ? '0x1f' : 'é'): {
      const f36 = function (a37, a38 = 1_000, ...r39) {
        tick();
        const f40 = (a41, a42 = (a37 ?? '0x1f'), ...r43) => {
          tick();
          let v44 = clip([].toSorted().map(x45 => a41));
          print(show((typeof -2.5).replace(/b*?/g, (m, ...more) => `${m}${more.length}`)));
          a41 ??= clip((new Map([[true, 'a']]).get(-0) || true));
          return [a38, true][1];
        };
        print(show(r39.splice(0, 2, ({ 1: a37, 1: 0, ['x,y,z']: null })?.b)));
        return r39.length;
      };
    }
  }
  print('task 1 step 1');
  const w46 = await Promise.allSettled([later(3, (true ? 12345678901234567890n : 'é')), later(1, (0.1 ?? 1e21)), Promise.resolve(('' && 1))]);
  print(show(w46));
  return ('null' ?? undefined);
};
task31().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

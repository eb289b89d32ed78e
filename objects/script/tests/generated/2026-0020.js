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
  const f1 = (a2, a3 = (null ?? 2147483647), ...r4) => {
    tick();
    print(show(((p5 = 2) => new Map([]).get('B'))(...[a3], (7n ?? a2))));
    const f6 = (a7, a8 = a2, ...r9) => {
      tick();
      const f10 = function (a11, a12 = ' 7 ', ...r13) {
        tick();
        print(show(({ ...Object.assign({}, ({ ['-0']: a8, key: a12, 0: a7 }), Object.fromEntries(new Map([[true, a12]]))), ...Object.fromEntries(new Map([])) })));
        const v14 = clip([]);
        return Math.max(-2.5, '😀!');
      };
      return [a3, 7, 4294967296].filter(x15 => true || x15 < true)[0];
    };
    return (12345678901234567890n & 0n);
  };
  print(show(new Map([[true, 7], [-1, (('é' < 1_000) ? (true ? null : '0x1f') : (false ? 'a' : -0))]])));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((1e-7 + 0.1) === (~2147483647))) throw 'B';
  print(show(new Set([1e-7])));
  let n18 = 0;
  l19: for (const x17 of [...[3], undefined].filter(x16 => ('1' in ({ 1: 0 })) || x16 < 'x,y,z')) {
    tick();
    if (++n18 > 6) break;
    if ((Boolean(' 7 ') || [255n].every(x21 => false || x21 === x17))) continue l19;
    try {
      let v22 = clip(new Map([[NaN, [x17].map(x23 => x23).at(-1)], [x17, `<${1n}|${'12'}>`]]));
    }
    catch (e24) {
      print(`caught ${show(e24)} ${e24 instanceof TypeError}`);
    }
  }
  print(show([].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).includes(((p25 = 'a') => (p25 ?? p25))(((p26 = null) => p26)(null), ({ a: 'a-b' })?.a))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task27 = async () => {
  print('task 0 step 0');
  print(`<${undefined}|${'😀!'}>` + show(await later(3, (' 7 ' ?? ''))) + show(await ' 7 '));
  const v28 = clip((BigInt.asUintN(46, (255n + 7n)) / -3n));
  const [d29 = [true, 0n].at(3), d30, ...d31] = [...['0x1f', 2147483647, -9007199254740993n], ''];
  let n33 = 0;
  for (const x32 of []) {
    tick();
    if (++n33 > 6) break;
    const [d35 = true, d36, ...d37] = d31;
    await later(3, d29);
    await later(2, ({ 0: 2, key: 'null', a: d29 })?.key);
  }
  print('task 0 step 1');
  const w38 = await new Promise(resolve => resolve(later(3, ('é' ?? true))));
  print(show(w38));
  return true;
};
task27().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task39 = async () => {
  print('task 1 step 0');
  print(['B', '12', undefined].join('é') + show(await Promise.race([(null && null)])) + show(await undefined));
  const w40 = await { then: (resolve, reject) => reject([null, 1n].at(-2)) };
  print(show(w40));
  l42: for (let i41 = 0; i41 < 4; i41 += 2) {
    tick();
    let v43 = clip(new Set([0n, 4294967296].filter(x44 => false || x44 === '-0').map(x45 => 2147483647)));
    let v46 = clip(String(i41));
    const [d47 = -2.5, d48, ...d49] = [true].flatMap((x, i) => [i, x]).map(x50 => ((p51 = x50) => 'null')(null, x50));
  }
  print('task 1 step 1');
  const w52 = await new Promise(resolve => resolve(Promise.any([later(1, 1_000)])));
  print(show(w52));
  try {
  }
  catch (e53) {
    print(`caught ${show(e53)} ${e53 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 1 step 2');
  const w54 = await Promise.any([{ then: (resolve, reject) => reject(true) }, E(target).slow('-0')]);
  print(show(w54));
  return '-0';
};
task39().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

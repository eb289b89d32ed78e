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
  try {
    let v1 = clip(BigInt((- parseInt('null')) | 0));
    const f2 = function (a3, a4 = new Map([[1.5, 'a']]).get(NaN), ...r5) {
      tick();
      try {
        const f6 = (a7, a8 = (a4 || 12345678901234567890n), ...r9) => {
          tick();
          print(show(Math.max(((1e-7 >>> 0xff) - Number(' 7 ')), Object.fromEntries(new Map([]))?.key)));
          print(show(r5.unshift(a4)));
          return ((a8 ?? a8) ?? a4);
        };
      }
      catch (e10) {
        print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
      }
      return ('null' ?? a3);
    };
  }
  finally {
    print('finally');
  }
  print(show(`<${(1e21 ?? 3)}|${((true ? 'a' : 'é') + (undefined && 0.1))}>`));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v11 = clip(((p12 = 'B') => `<${true}|${'null'}>`)(('null' && ({ b: true, b: ' 7 ' })?.[1])));
  let v13 = clip((`<${new Map([]).get(0)}|${'😀!'.trim()}>` + BigInt.asUintN(36, -3n)));
  print(show(new Set([])));
  let v14 = clip((- [undefined, null].map(x15 => x15).findIndex(x16 => [-1, undefined].includes(true) || x16 < v11)));
  print(show(v13));
  print(`v14 ${show(v14)}`);
  print(`v13 ${show(v13)}`);
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v17 = clip(new Set([undefined]));
  let i18 = 0;
  do {
    tick();
    const { a: d19 = new Map([[' 7 ', undefined], ['a', 255]]).get('a'), [`k${'ey'}`]: d20, ...d21 } = ({ ['-0']: (false ? 3 : null), a: '-0', 1: 12345678901234567890n });
    const v22 = clip(new Map(Object.entries(Object.assign({}, ({ ['null']: 'null', a: undefined }), Object.fromEntries(new Map([['😀!', d20]]))))));
    const f23 = function (a24, a25 = d19, ...r26) {
      tick();
      print(show(v17.has((!d19))));
      l28: for (let i27 = 0; i27 < 1; i27 += 1) {
        const f29 = (x = 1) => `${i27}${typeof x}`;
        tick();
        let v30 = clip(/[a-z]+/.test(([-2.5].join('null') + (-9007199254740993n && null))));
        print(show(('b' in d21)));
      }
      return [d20, d19].toSorted().at(0);
    };
  } while (++i18 < 4);
  print(show(({ a: `<${undefined}|${' 7 '}>`, key: 0xff })));
  print(`i18 ${show(i18)}`);
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task31 = async () => {
  print('task 0 step 0');
  const w32 = await false;
  print(show(w32));
  try {
    const v33 = clip(new Map([[null, ((p34 = '-0') => 'é')()]]));
    let v35 = clip(((({ a: -3n, b: 'x,y,z' })?.b % (+0b101)) / (1.5).toFixed(6).length));
    v35 *= (new Map([]).get(-0) * (1.5 / v35));
    const v36 = clip([0b101].map(x37 => x37).flatMap((x, i) => [i, x]).includes(['😀!', true, null].join('0x1f')));
    await later(3, 0n);
  }
  finally {
    print('finally');
  }
  return 1n;
};
task31().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task38 = async () => {
  print('task 1 step 0');
  const w39 = await new Promise((resolve, reject) => reject(1e-7));
  print(show(w39));
  const f40 = (a41, a42 = 7n, ...r43) => {
    tick();
    a41 = clip(a41);
    function f44(a45, a46 = false, ...r47) {
      tick();
      print(show(r47.fill(('-0' > '12'), 1)));
      const [d48 = (undefined || a41), d49, ...d50] = r47;
      return (((p51 = -1) => 7)(1_000, null) ?? a46);
    }
    return (('b' in ({ 0: a42 })) ? 1e21 : '0x1f');
  };
  return '😀!';
};
task38().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task52 = async () => {
  print('task 2 step 0');
  const w53 = await 4294967296;
  print(show(w53));
  const { a: d54 = (-1 && undefined), [`k${'ey'}`]: d55, ...d56 } = ({ ...({}), ...Object.fromEntries(new Map([])) });
  const v57 = clip(String(Object.fromEntries(new Map([[1, true]]))).split(/\d+/));
  let n60 = 0;
  for (const [k61, x59] of new Map([[d55, ((p58 = d55) => 4294967296)(true)], [12345678901234567890n, [][2]]])) {
    tick();
    if (++n60 > 6) break;
    const v62 = clip((typeof d55).substring(-1, 2));
    if (/[^a]/i.test([d54].join('B'))) return ((1 >= Infinity) ? x59 : 12345678901234567890n);
  }
  return 0b101;
};
task52().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  function f1(a2, a3 = ({ a: -3n, 1: true, key: undefined })?.[0], ...r4) {
    tick();
    if (a2) {
      const f5 = function (a6, a7 = ((p9 = 1) => 1)(undefined), ...r8) {
        tick();
        if ((('0' in ({ 1: 'é', ['😀!']: 1_000, 1: undefined })) || ('12' < 0))) return a3;
        r8 = clip(r4);
        print(show(((p10 = 3) => new Map([[a7, '0x1f']]).get('x,y,z'))(...[a2], new Map([[a6, a2]]).get(new Map([[true, 'a']]).get(a6)))));
        return 'B';
      };
      print(show(r4.push('0x1f'.padEnd(3, 'é'))));
    }
    return (a3 >= 1_000);
  }
  print(show((new Set(['a-b']).has(12345678901234567890n) ? String([...[undefined, 1e21, true], -3n]) : 'null'.repeat(2).replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v11 = clip(Object.fromEntries(new Map([]))?.key);
  let i12 = 0;
  do {
    tick();
    const v13 = clip(new Map(Object.entries(({}))));
    let i14 = 1;
    l15: while (i14-- > 0) {
      tick();
      let n17 = 0;
      l18: for (const [k19, x16] of v13) {
        tick();
        if (++n17 > 6) break;
        print(show('12'.split('B')));
        print(show(v13.set(v11, 'b').size));
      }
    }
  } while (++i12 < 3);
  print(show(('b' in ({}))));
  print(`i12 ${show(i12)}`);
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f20 = (a21, a22 = '12', ...r23) => {
    tick();
    print(show((String(({ 1: a22, ['0x1f']: a22 })) + (1e21 !== null))));
    const f24 = (a25, a26 = a22, ...r27) => {
      tick();
      print(show(r27));
      return a26;
    };
    return a21;
  };
  print(show((![1e-7].lastIndexOf(7n))));
  print(`f20 ${show(f20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n29 = 0;
  for (const x28 of (('null' + '12') + new Map([]).get(undefined))) {
    tick();
    if (++n29 > 6) break;
    function f31(a32, a33 = x28, ...r34) {
      tick();
      const f35 = function (a36, a37 = 255, ...r38) {
        tick();
        let [d39, d40] = [false, a33];
        [d39, d40] = [d40, d39];
        let v42 = clip(new Set(r34));
        return Object.fromEntries(new Map([[-1, 1e21]]))?.b;
      };
      return x28;
    }
  }
  print(show(('x,y,z'.padStart(3, 'a') ?? ({ ...({ 0: null }), ...({ key: true }) })?.a)));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task43 = async () => {
  print('task 0 step 0');
  print((typeof 'B') + show(await later(2, (undefined || 12345678901234567890n))) + show(await true));
  await never(1, 'x,y,z');
  print((1e21).toPrecision(6) + show(await later(2, (true ? null : 'é'))) + show(await 'x,y,z'));
  print(show(((p44 = '-0') => ('a-b' ?? (true ? 7n : true)))((false && 0xff), (Infinity | 0).toString(21))));
  print('task 0 step 1');
  const w45 = await { then: (resolve, reject) => reject(new Map([]).get(2)) };
  print(show(w45));
  print('task 0 step 2');
  const w46 = await { then: (resolve, reject) => later(2, new Map([[0, undefined]]).get(true)).then(resolve) };
  print(show(w46));
  return 'x,y,z';
};
task43().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

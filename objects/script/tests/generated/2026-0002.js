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
  const f1 = function (a2, a3 = -0, ...r4) {
    tick();
    try {
      l6: for (let i5 = 0; i5 < 4; i5 += 2) {
        tick();
        let v7 = clip(new Map(Object.entries(({ ...({ a: '😀!', key: a3 }), ...({ a: a3, 1: null, 1: a2 }) }))));
        print(show(r4.push(a2)));
        const v8 = clip(new Map([[-3n, a2]]));
        print(show(((p9 = 0.1) => v7.get(255n))(({ b: a3, b: '12', a: a2 })?.[1], a2)));
      }
    }
    finally {
      print('finally');
    }
    return (7 - 0xff);
  };
  print(show((([].every(x10 => false || x10 === 2147483647) ? (false ? 0.1 : 2147483647) : [].length) ^ parseInt([Infinity, Infinity, 'a-b'].join('B')))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (('' < new Map([]).get('null'))) throw new SyntaxError(('0x1f' + null));
  const v11 = clip(new Map([[undefined, (2 ?? ({})?.b)]]));
  function f12(a13, a14 = ({})?.[1], ...r15) {
    tick();
    let n17 = 0;
    for (const x16 of new Set(r15)) {
      tick();
      if (++n17 > 6) break;
      let n20 = 0;
      for (const x19 of r15) {
        tick();
        if (++n20 > 6) break;
        print(show(((p22 = 'x,y,z') => (false ? 255 : 1))(...[r15.some(x23 => true || x23 >= x16)], a14)));
        print(show(((Boolean('') && (-1 === 255)) && new Set([]).has(((p24 = 1_000) => x19)()))));
        if (((0xff / 255) === Math.clz32(1))) break;
      }
    }
    return a14;
  }
  print(show(v11));
  print(`f12 ${show(f12)}`);
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  const w28 = await Promise.any([Promise.all([later(3, ' 7 '), later(3, false), later(1, 'x,y,z')]), Promise.resolve(later(0, ({ 0: '12' })?.a)).then(x => (print(`c26 ${show(x)}`) ?? later(2, (undefined ?? '')))).catch(e => (print(`c27 ${show(e)}`) ?? later(2, new Map([]).get('a'))))]);
  print(show(w28));
  const f29 = (a30, a31 = (true ? ' 7 ' : null), ...r32) => {
    tick();
    print(show(r32.join('0x1f')));
    const f33 = (a34, a35 = (false ? 'null' : a31), ...r36) => {
      tick();
      let v37 = clip(new Set(Array.from(new Set(r36)).filter(x38 => Array.isArray(a35) || x38 === a34)));
      const v39 = clip('é');
      return (4294967296 ?? 'B');
    };
    const v40 = clip(({ a: a30 }));
    return (new Map([[null, undefined]]).get(a30) || a30);
  };
  let i41 = 0;
  do {
    tick();
  } while (++i41 < 2);
  print('task 0 step 1');
  print('-0'.slice(-2) + show(await later(3, -3n)) + show(await NaN));
  return (false ? NaN : 4294967296);
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip(['é'].slice(0, -1).length);
  let n3 = 0;
  l4: for (const x2 of Array.from('').concat(Object.values(({ ['-0']: null })))) {
    tick();
    if (++n3 > 6) break;
    const v6 = clip(v1);
    for (let i7 = 0; i7 < 3; i7 += 1) {
      const f8 = (x = 1) => `${i7}${typeof x}`;
      tick();
    }
  }
  print(show((v1 + Math.fround(Math.trunc(1)))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  for (let i9 = 0; i9 < 2; i9++) {
    tick();
    try {
      try {
        let v10 = clip('a-b');
        const v11 = clip(((2 === 2) ? (~1e-7) : (true ? 255 : i9)));
      }
      catch (e12) {
        print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
      }
    }
    catch (e13) {
      print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
    }
  }
  print(show(3));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    try {
      try {
        const v14 = clip(Object.values(({ ...({}), ...({ b: null, 1: 0.1, 0: 7n }) })));
      }
      catch (e15) {
        print(`caught ${show(e15)} ${e15 instanceof TypeError}`);
      }
      throw ('-0' && '');
    }
    finally {
      print('finally');
    }
    throw new SyntaxError('0x1f'.padEnd(1, ' 7 '));
  }
  catch (e16) {
    print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(['12', 1e-7, null]));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task17 = async () => {
  print('task 0 step 0');
  const w20 = await Promise.allSettled([Promise.resolve(later(1, '-0')).finally(() => (print('c18') ?? later(1, [true, true][0]))).catch(e => (print(`c19 ${show(e)}`) ?? later(1, [true].at(3))))]);
  print(show(w20));
  if ((('é' && 7n) || ((p21 = '') => p21)(...[255n], true))) {
    let v22 = clip(parseFloat(((NaN === -2.5) ? 'a-b'.slice(-3) : 'x,y,z')));
    const v23 = clip(BigInt.asUintN(6, (BigInt(0b101 | 0) + BigInt(v22 | 0))));
    const v24 = clip(Object.assign({}, ({}), Object.assign({}, ({ ...({ key: undefined, a: '😀!' }), ...({ a: -2.5, 0: null, key: null }) }), Object.fromEntries(new Map([])))));
  }
  return ((p25 = 'x,y,z') => '12')();
};
task17().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task26 = async () => {
  print('task 1 step 0');
  print(String(JSON.stringify([undefined, null, 1e21])) + show(await E(target).bad(1.5)) + show(await 255n));
  for (let i27 = 0; i27 < 1; i27 += 1) {
    const f28 = (x = 1) => `${i27}${typeof x}`;
    tick();
    const { a: d29 = (null ?? 1e-7), [`k${'ey'}`]: d30, ...d31 } = ({ a: false, a: f28() });
    const [d32 = d30, d33, ...d34] = [];
    const v35 = clip(((BigInt(255 | 0) ^ 1n) * BigInt(['null', 255].lastIndexOf('B') | 0)));
    const v36 = clip(d34.some(x37 => Boolean('a') || x37 !== d30));
  }
  return ' 7 ';
};
task26().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

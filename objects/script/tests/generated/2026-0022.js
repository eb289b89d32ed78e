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
    print(show(((p1 = null) => p1)()));
    const f2 = function (a3, a4 = (true ? 2147483647 : 'a-b'), ...r5) {
      tick();
      const v6 = clip([...[], a4]);
      let n8 = 0;
      for (const [k9, x7] of new Map([[12345678901234567890n, ({ key: '-0', 1: '0x1f', 1: ' 7 ' })?.a]])) {
        tick();
        if (++n8 > 6) break;
        const v10 = clip(r5);
      }
      return Object.assign({}, ({ [' 7 ']: undefined }), ({ 1: '' }))?.a;
    };
    throw new RangeError('a-b');
  }
  catch (e11) {
    print(`caught ${show(e11)} ${e11 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Set([].toSorted().toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v12 = clip([].slice(1, -1));
  let n14 = 0;
  for (const x13 of new Set(v12)) {
    tick();
    if (++n14 > 6) break;
    const v16 = clip(String(JSON.stringify(v12, null, 1)));
    for (let i17 = 0; i17 < 3; i17 += 1) {
      const f18 = (x = 1) => `${i17}${typeof x}`;
      tick();
      if (x13) {
        const f19 = function (a20, a21 = [true, 3][0], ...r22) {
          tick();
          const v23 = clip(BigInt(' 7 '.length | 0));
          print(show(f18(a20, r22[0])));
          return Object.assign({}, ({ key: true, a: a20 }), ({ b: x13, key: null, 0: a21 }))?.a;
        };
      }
    }
  }
  print(show(Math.round(Math.round('-0'.length))));
  print(`v12 ${show(v12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task24 = async () => {
  print('task 0 step 0');
  await '😀!';
  for (let i25 = 0; i25 < 4; i25 += 2) {
    const f26 = (x = 1) => `${i25}${typeof x}`;
    tick();
    const { a: d27 = ({ a: -9007199254740993n })?.key, [`k${'ey'}`]: d28, ...d29 } = ({ a: [undefined][0] });
    print(show(-9007199254740993n));
    const v30 = clip(`<${({})?.key}|${(typeof 1e21)}>`);
    const [d31 = ({})?.a, d32, ...d33] = Array.from(v30);
    const v34 = clip(d33);
  }
  let n36 = 0;
  l37: for (const x35 of []) {
    tick();
    if (++n36 > 6) break;
  }
  print('task 0 step 1');
  const w39 = await new Promise(resolve => resolve(new Promise((resolve, reject) => reject(Infinity))));
  print(show(w39));
  print('task 0 step 2');
  await later(0, 1n);
  return '-0';
};
task24().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task40 = async () => {
  print('task 1 step 0');
  await Promise.any([E(target).echo([undefined, 4294967296].at(2))]);
  try {
    const [d41 = 7, d42, ...d43] = `<${0xff}|${''}>`.split(/[^a]/i);
    print(show(d43.fill(['é'].slice(1, 0).at(3), 1)));
    print(show(((p44 = d41) => (isNaN(-3n) ? (10 && undefined) : new Map([[d41, 'a'], [Infinity, 4294967296]]).get(d41)))()));
    const { a: d45 = new Map([]).get(null), [`k${'ey'}`]: d46, ...d47 } = ({});
  }
  catch (e48) {
    print(`caught ${show(e48)} ${e48 instanceof TypeError}`);
    print(show(new Map(Object.entries(({ b: [true][2] })))));
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  print(`<${null}|${''}>` + show(await Promise.race([Promise.resolve(new Map([[-1, 7n]]).get(null)), later(0, (null ?? null))])) + show(await 10));
  return [].at(2);
};
task40().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

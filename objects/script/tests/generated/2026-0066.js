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
  let i1 = 0;
  do {
    tick();
    const v2 = clip((`<${undefined}|${''}>`.concat((true ?? -0)) + new Map([[true, true], [null, 'a-b']]).get((255 && 12345678901234567890n))));
    function f3(a4, a5 = 7n, ...r6) {
      tick();
      const v7 = clip(new Set(Object.values(({ ['a-b']: true, 0: null })).toSorted()));
      print(show(r6.splice(1, 0, (a4 || a4))));
      let [d8, d9] = [({ ['😀!']: '' })?.b, r6.at(2)];
      [d8, d9] = [d9, d8];
      r6 = clip(r6.toSorted());
      return v2;
    }
  } while (++i1 < 2);
  print(show((0n & (BigInt.asUintN(45, 0n) * (0n * -9007199254740993n)))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f11 = (a12, a13 = new Map([]).get(0), ...r14) => {
    tick();
    if (((p15 = a12) => ((p16 = a12) => a12)(undefined, a12))(1, ('é' ?? true))) {
      for (let i17 = 0; i17 < 2; i17 += 2) {
        tick();
        r14 = clip(r14);
        function f18(a19, a20 = a13, ...r21) {
          tick();
          const { a: d22 = ({ 0: a20, key: a20, key: 0xff })?.key, [`k${'ey'}`]: d23, ...d24 } = Object.fromEntries(new Map([]));
          let v25 = clip(new Set(['x,y,z', d22, a12]));
          print(show(((p26 = a13) => BigInt.asUintN(50, 255n))(i17, (a20 ?? 'x,y,z'))));
          let v27 = clip(new Map([[255n, 'é'.length]]));
          return (a19 || 4294967296);
        }
      }
    }
    return new Map([[undefined, a13], [true, 'null']]).get((a12 && -1));
  };
  print(show(({ 1: Math.ceil(1e-7), b: [true, undefined, '😀!'].filter(x28 => true || x28 < 'a').at(1) })));
  print(`f11 ${show(f11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task29 = async () => {
  print('task 0 step 0');
  await never(3, new RangeError((typeof '0x1f')));
  print(show(((BigInt.asUintN(30, 7n) & BigInt(-0 | 0)) + ((-9007199254740993n * 7n) / 255n))));
  const w31 = await new Map([[1n, '12'], [0.1, undefined]]).get(null);
  print(show(w31));
  return false;
};
task29().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task32 = async () => {
  print('task 1 step 0');
  await Promise.resolve('😀!');
  if ([null].map(x33 => x33).includes(7n)) throw ('12' ?? undefined);
  const v34 = clip(({ ['-0']: new Map([['0x1f', null], [1.5, 0]]).get((-3n && 1_000)) }));
  return ('x,y,z' ?? 1_000);
};
task32().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

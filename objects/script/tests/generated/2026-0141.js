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
  let n2 = 0;
  l3: for (const x1 of new Set(Object.keys(({ 0: true })))) {
    tick();
    if (++n2 > 6) break;
    print(show(new Map([[x1, ((p5 = 1_000) => -3n)()], ['é', Infinity]]).has(new Map([]).get(x1))));
    const v6 = clip(Array.from((typeof 1)));
    const { a: d7 = ({ a: null })?.b, [`k${'ey'}`]: d8, ...d9 } = Object.fromEntries(new Map(Object.entries(({ 0: x1, ['a-b']: null, b: NaN }))));
    const f10 = (a11, a12 = [][1], ...r13) => {
      tick();
      function f14(a15, a16 = '12', ...r17) {
        tick();
        return (d7 ?? ((p18 = x1) => '')());
      }
      return [1e-7, null, x1].length;
    };
  }
  print(show(String('a'.slice(-2).split('x,y,z'))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d19 = new Map([[null, undefined], ['x,y,z', -0]]).get(4294967296), d20, ...d21] = [null, 'é', -0].toReversed();
  let v22 = clip(parseFloat((parseInt('12')).toFixed(0)));
  let i23 = 1;
  l24: while (i23-- > 0) {
    tick();
    const v25 = clip(String(JSON.stringify([...d21, (null ?? d20)])));
  }
  print(show(BigInt.asUintN(38, (BigInt.asUintN(26, -9007199254740993n) * BigInt.asUintN(10, -3n)))));
  print(`i23 ${show(i23)}`);
  print(`v22 ${show(v22)}`);
  print(`d20 ${show(d20)}`);
  print(`d19 ${show(d19)}`);
  print(`d21 ${show(d21)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v26 = clip(((((p27 = 3) => 'a')('a', 3) < new Map([[true, '0x1f']]).get(' 7 ')) ? (new Map([]).get(-2.5) || false) : ({ ...({}), ...({ key: '-0' }) })?.key));
  let v28 = clip(new Map(Object.entries(({ ['a-b']: ({ 0: v26 })?.a, key: 7n, 0: ({ 1: null, ['null']: true })?.[1] }))));
  const f29 = (a30, a31 = v26, ...r32) => {
    tick();
    a30 = clip(a31);
    print(show(v28.delete([10, a31].lastIndexOf(null))));
    return ('😀!' ?? '');
  };
  print(show(4294967296));
  print(`f29 ${show(f29)}`);
  print(`v28 ${show(v28)}`);
  print(`v26 ${show(v26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  l34: for (let i33 = 0; i33 < 4; i33++) {
    tick();
    const v35 = clip(new Set('-0'.concat(null).split('x,y,z')));
    let v36 = clip((('a' !== ((p37 = NaN) => p37)(0.1, null)) ? ((p38 = 0n) => new Map([]).get(7n))(...[('é' ?? 2147483647)], 255n) : ((p39 = '😀!') => p39)()));
  }
  print(show(((p40 = Infinity) => new Map([[' 7 ', p40], [p40, p40]]).get(0b101))()));
  let v41 = clip([...[].map(x42 => null).map(x43 => x43), new Map([['12', 1], [undefined, 1e21]]).get(({ 1: '', key: true, 1: null })?.[0])]);
  print(show(7n));
  print(`v41 ${show(v41)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

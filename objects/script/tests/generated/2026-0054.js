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
  print(show(((p1 = null) => p1)((0b101 - 2147483647))));
  if (((p2 = true) => new Map([[p2, 'a']]).get(p2))('null')) {
    if (('a' && ({ key: true, 0: null })?.a)) {
      let v3 = clip(((('a' in ({ a: true, key: 'B', a: 1e-7 })) ? '12'.length : parseInt('')) % parseInt(' 7 ')));
    }
  }
  else {
  }
  print(show([...[...[], 'a'], ('null' && undefined)].slice(1, 0)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v4 = clip(({ ['null']: [].filter(x5 => false || x5 >= 7n)[0] }));
  const [d6 = [][3], d7, ...d8] = ['null'].map(x9 => null).flatMap((x, i) => [i, x]);
  print(show(d8.lastIndexOf(d7)));
  print(`d7 ${show(d7)}`);
  print(`d6 ${show(d6)}`);
  print(`d8 ${show(d8)}`);
  print(`v4 ${show(v4)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    if (('b' in ({ ...({ key: '-0', 0: 'null' }), ...({ ['x,y,z']: 1e21, a: 1 }) }))) throw new SyntaxError(String(JSON.stringify('0x1f', null, 1)));
    const { a: d10 = 12345678901234567890n, [`k${'ey'}`]: d11, ...d12 } = ({ ...Object.fromEntries(new Map([])), ...({ b: null, 0: 0n, a: undefined }) });
    for (let i13 = 0; i13 < 3; i13 += 2) {
      const f14 = (x = 1) => `${i13}${typeof x}`;
      tick();
      let v15 = clip([...[d11].concat([]), d10].some(x16 => (!1e21) || x16 < 12345678901234567890n));
      const w17 = await E(target).slow([-3n, null, 12345678901234567890n][0]);
      print(show(w17));
    }
  }
  catch (e18) {
    print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
    const v19 = clip(new Map([]));
  }
  print(show(new Map([[-3n, (0 ?? '12')], ['', new Map([]).get(({ a: Infinity, b: '0x1f' })?.a)]])));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  const w21 = await later(1, 1);
  print(show(w21));
  if (Boolean(false)) throw '😀!';
  switch (((p22 = ' 7 ') => ((p23 = true) => null)(...[p22], -9007199254740993n))()) {
    case Math.min(Infinity, null): {
      let v25 = clip((new Map([]).get(false) > 12345678901234567890n));
      print(show(((p26 = 0b101) => v25)(String(JSON.stringify('null', null, 1)), v25)));
      print(show(new Map([])));
      break;
    }
  }
  let n28 = 0;
  for (const x27 of `<${[].at(-1)}|${(false ? '0x1f' : ' 7 ')}>`) {
    tick();
    if (++n28 > 6) break;
  }
  return 'a';
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

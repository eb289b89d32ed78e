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
  switch (((1n < null) ? 'é' : ((p1 = -2.5) => '')(255))) {
    case (false ? '0x1f' : ' 7 '): {
      await later(3, ((p2 = 0xff) => 'x,y,z')(255, undefined));
      let n5 = 0;
      for (const x4 of [true, 3, '0x1f'].map(x3 => [x3].at(2))) {
        tick();
        if (++n5 > 6) break;
        let [d7, d8] = ['😀!', x4];
        [d7, d8] = [d8, d7];
      }
      break;
    }
  }
  print(show(({ key: (-9007199254740993n ^ -9007199254740993n) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i10 = 0;
  do {
    tick();
    if (['😀!', undefined, null].toSorted().every(x11 => /[a-z]+/.test('x,y,z') || x11 >= true)) throw new RangeError('0x1f');
    try {
      let v12 = clip(((1e-7 ^ 1) ?? ['a'].lastIndexOf(0.1)));
      const { a: d13 = (v12 && '0x1f'), [`k${'ey'}`]: d14, ...d15 } = ({ [' 7 ']: ((p16 = v12) => p16)() });
      throw d15?.a;
    }
    catch (e17) {
      print(`caught ${show(e17)} ${e17 instanceof TypeError}`);
    }
  } while (++i10 < 2);
  print(show((- ((i10 % i10) + Math.min(i10, '')))));
  print(`i10 ${show(i10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  const w19 = await Promise.resolve(7);
  print(show(w19));
  l21: for (let i20 = 0; i20 < 4; i20 += 2) {
    tick();
    print(show(new Map([[4294967296, i20]])));
    let v22 = clip(((p23 = undefined) => `<${'null'}|${' 7 '}>`)());
    const { a: d25 = i20, [`k${'ey'}`]: d26, ...d27 } = ({});
  }
  print(show(['-0', 1e21].filter(x28 => ('a' in ({ a: x28, b: true })) || x28 >= 'a')));
  print('task 0 step 1');
  await later(3, '😀!');
  print('task 0 step 2');
  const w29 = await Promise.resolve(new Map([[undefined, '']]).get(4294967296));
  print(show(w29));
  return [][3];
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task30 = async () => {
  print('task 1 step 0');
  const w31 = await new Promise(resolve => resolve({ then: (resolve, reject) => resolve(({ 0: true, key: -9007199254740993n })?.a) }));
  print(show(w31));
  let v32 = clip([]);
  try {
    const f33 = (a34, a35 = (false ? 'a' : 'a'), ...r36) => {
      tick();
      print(show(v32.push(a34)));
      return new Map([[1n, a35], ['B', true]]).get(false);
    };
    throw new Map([]).get(true);
  }
  catch (e37) {
    print(`caught ${show(e37)} ${e37 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 1 step 1');
  await Promise.resolve(Promise.resolve(later(0, 'a-b')).then(x => (print(`c38 ${show(x)}`) ?? later(0, 0b101)))).then(x => (print(`c39 ${show(x)}`) ?? Promise.all([later(1, (255n ?? ' 7 ')), later(2, (undefined ?? undefined))])));
  return 'a';
};
task30().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

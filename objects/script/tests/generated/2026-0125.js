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
  l2: for (let i1 = 0; i1 < 3; i1 += 2) {
    const f3 = (x = 1) => `${i1}${typeof x}`;
    tick();
    for (let i4 = 0; i4 < 4; i4 += 1) {
      tick();
      try {
        let v5 = clip(new Set([].join('-0').split(/a/)));
        const v6 = clip(new Map([[true, '😀!']]));
        let v7 = clip(Array.from(new Set([Infinity])).map(x8 => x8).every(x9 => ('null' <= x9) || x9 < true));
        v5 = clip(v5);
        print(show(v5.add(new Map([[1.5, 'null']]).get((null ?? true))).size));
      }
      catch (e10) {
        print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
      }
    }
  }
  print(show((BigInt(-0 | 0) - (BigInt(7 | 0) - 255n))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n12 = 0;
  for (const [k13, x11] of new Map([])) {
    tick();
    if (++n12 > 6) break;
    function f14(a15, a16 = x11, ...r17) {
      tick();
      try {
        let v18 = clip('null'.split('B'));
        const v19 = clip(new Map(Object.entries(({}))));
        r17 = clip([null].toSorted());
      }
      finally {
        print('finally');
      }
      return new Map([['a', 1e21]]).get(-1);
    }
  }
  print(show(-3n));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v20 = clip([undefined].filter(x21 => [0xff].every(x22 => true || x22 !== undefined) || x21 !== 0n));
  const v23 = clip([]);
  print(show(new Map([[-1, ((p24 = 'x,y,z') => 2147483647)()], ['x,y,z', (true ? 0.1 : 1_000)]])));
  print(`v23 ${show(v23)}`);
  print(`v20 ${show(v20)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const [d25 = 0.1, d26, ...d27] = [undefined, 'B', null];
  if (Object.keys(({})).includes((true ? d26 : d25))) throw ((p28 = true) => -1)('a-b', 'a-b');
  try {
    let [d29, d30] = [new Map([['😀!', 2], [undefined, 1.5]]).get('B'), 0.1];
    [d29, d30] = [d30, d29];
    print(show(((p32 = d29) => ({ ...({ ['😀!']: 1n, 0: d26, b: undefined }), ...({}) })?.[1])(...[`<${undefined}|${'B'}>`], `<${0b101}|${'a-b'}>`)));
    throw new TypeError(`<${' 7 '}|${'a'}>`);
  }
  catch (e33) {
    print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
    try {
      const f34 = (a35, a36 = [d26, d26, undefined].at(1), ...r37) => {
        tick();
        print(show(d27.reverse()));
        print(show((typeof (undefined && a35))));
        return d26;
      };
      throw new RangeError((typeof d25));
    }
    catch (e38) {
      print(`caught ${show(e38)} ${e38 instanceof TypeError}`);
    }
  }
  print(show(`<${'B'}|${'null'.replaceAll('😀!', '[$&]')}>`.split('12')));
  print(`d26 ${show(d26)}`);
  print(`d25 ${show(d25)}`);
  print(`d27 ${show(d27)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

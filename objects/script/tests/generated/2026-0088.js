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
  const v1 = clip(new Map([]));
  const v2 = clip(`<${`<${'é'}|${'a-b'}>`}|${'null'}>`);
  try {
    const v3 = clip(({ 1: ((p4 = 255n) => -3n)((0.1 ?? -1), 0), a: (false ? 1.5 : 1) }));
    const w5 = await Promise.resolve(Infinity);
    print(show(w5));
    l7: for (let i6 = 0; i6 < 2; i6 += 1) {
      tick();
      let v8 = clip((i6 << (i6 + i6)));
      try {
        const [d9 = new Map([]).get(true), d10, ...d11] = ['B', 4294967296].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0));
      }
      catch (e12) {
        print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    throw true;
  }
  catch (e13) {
    print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
  }
  print(show(((p14 = null) => String(JSON.stringify('a-b')))([].indexOf(0.1), ({ ...({}), ...({}) })?.a)));
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show((1e21).toPrecision(9).repeat(3).toUpperCase()));
  print(show(Array.from(new Set([1])).filter(x15 => (false && false) || x15 < 2)));
  const { a: d16 = true, [`k${'ey'}`]: d17, ...d18 } = Object.fromEntries(new Map([]));
  const f19 = function (a20, a21 = d17, ...r22) {
    tick();
    a20 ??= clip(r22[0]);
    let v23 = clip(((a20 && 0) < 0.1));
    let v24 = clip(Object.assign({}, Object.assign({}, d18, ({ ['0x1f']: '12' })), d18));
    return a20;
  };
  print(show(new Map([[7, (7n + -3n)], [d16, [null].map(x25 => 1n)[0]]])));
  print(`f19 ${show(f19)}`);
  print(`d17 ${show(d17)}`);
  print(`d16 ${show(d16)}`);
  print(`d18 ${show(d18)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let i26 = 0;
  do {
    tick();
    if ([null, 4294967296].includes(true)) throw new RangeError(String(JSON.stringify('a-b', null, 1)));
    try {
      try {
        if ((!'B')) continue;
        const v27 = clip(((Math.sign(-1) === Math.sign(7)) ? 0xff : Math.fround([-9007199254740993n, true, 0xff].lastIndexOf(10))));
        const [d28 = (10 ?? 'é'), d29, ...d30] = [...[true, ' 7 ', '12'], -9007199254740993n];
        let v31 = clip(new Set(d30));
      }
      catch (e32) {
        print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
      }
      throw (false ? 0b101 : 2);
    }
    catch (e33) {
      print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  } while (++i26 < 4);
  print(show(i26));
  print(`i26 ${show(i26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show([...['B', true].map(x34 => 'B'), 2147483647].join('-0')));
  const v35 = clip((([][2] !== ({ 1: NaN })?.a) ? ((1 / 2) / Math.imul(1_000, undefined)) : (typeof 4294967296).length));
  try {
    let v36 = clip((((p37 = 255n) => p37)() === (true ?? (-1 && 'B'))));
    if (/b*?/.test((v36 ? '12' : 'null'))) throw new TypeError(`<${2}|${'a'}>`);
    throw new SyntaxError(String(JSON.stringify(['a-b'])));
  }
  finally {
    print('finally');
  }
  print(show([undefined, 'x,y,z', 0xff].toSorted().join('')));
  print(`v35 ${show(v35)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

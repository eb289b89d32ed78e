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
  await Promise.race([never(1, -1), Promise.resolve(later(3, 'a')).catch(e => (print(`c1 ${show(e)}`) ?? later(2, ''))).then(x => (print(`c2 ${show(x)}`) ?? later(3, [10, null].at(0)))).then(x => print(`c3 ${show(x)}`), e => print(`c3! ${show(e)}`))]);
  await Promise.race([new Promise(resolve => resolve(later(0, (2 && true)))), [-2.5, 7, 'a-b'][1], E(target).echo(Infinity)]);
  let v4 = clip(BigInt.asUintN(27, BigInt.asUintN(62, 0n)));
  let [d5, d6] = [(true ?? 10), 1.5];
  [d5, d6] = [d6, d5];
  switch (Object.fromEntries(new Map([[d6, ''], [' 7 ', true]]))?.[1]) {
    case d6: {
      const f8 = (a9, a10 = d5, ...r11) => {
        tick();
        return (4294967296).toExponential(1);
      };
    }
  }
  print(show(({ 1: d5, ['😀!']: d6 })));
  print(`d6 ${show(d6)}`);
  print(`d5 ${show(d5)}`);
  print(`v4 ${show(v4)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f12 = (a13, a14 = [4294967296, ' 7 ', 'é'][1], ...r15) => {
    tick();
    print(show(r15.reverse()));
    let n17 = 0;
    for (const x16 of []) {
      tick();
      if (++n17 > 6) break;
      print(show(new Map([])));
      let v19 = clip(((BigInt(1_000 | 0) & BigInt.asUintN(24, 7n)) * 7n));
      const { a: d20 = false, [`k${'ey'}`]: d21, ...d22 } = Object.fromEntries(new Map([[a13, x16]]));
    }
    return [a13].concat(r15)[2];
  };
  let v23 = clip([''][1]);
  print(show(new Set([v23, v23])));
  print(`v23 ${show(v23)}`);
  print(`f12 ${show(f12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (((true ? 1 : 2147483647) === (2147483647 + 0))) throw new RangeError(`<${undefined}|${'null'}>`);
  print(show((- (1_000 * -0))));
  try {
    let i24 = 0;
    l25: do {
      tick();
      for (let i26 = 0; i26 < 1; i26 += 2) {
        const f27 = (x = 1) => `${i26}${typeof x}`;
        tick();
        const v28 = clip(-3n);
        function f29(a30, a31 = (2 ?? true), ...r32) {
          tick();
          return ('a' && false);
        }
      }
    } while (++i24 < 1);
  }
  catch (e33) {
    print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
  }
  print(show(new Set([null, 'B', undefined]).has(Math.floor(1.5))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(((p34 = -0) => ((p35 = p34) => new Map([]).get('null'))(...[4294967296], p34))('B'.slice(5), [1n, null, ''].map(x36 => x36).at(2))));
  try {
    if (new Set(['x,y,z', null, undefined]).has(1_000)) throw [][2];
    let v37 = clip((Number(`<${2}|${'a'}>`) ^ (~parseFloat('a-b'))));
    throw new TypeError(String(JSON.stringify(' 7 ')));
  }
  catch (e38) {
    print(`caught ${show(e38)} ${e38 instanceof TypeError}`);
    const v39 = clip(Math.imul(Math.max(('a-b' / 3), '0x1f'), (1n % 12345678901234567890n)));
  }
  print(show(Object.assign({}, Object.assign({}, ({ 0: ' 7 ' }), ({ a: true, 1: 1e-7 })), ({}))?.b));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

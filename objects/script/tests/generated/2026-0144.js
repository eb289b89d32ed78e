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
  function f1(a2, a3 = 10, ...r4) {
    tick();
    let n6 = 0;
    for (const x5 of (`<${-0}|${''}>` + a2)) {
      tick();
      if (++n6 > 6) break;
      let n9 = 0;
      l10: for (const x8 of (typeof a2)) {
        tick();
        if (++n9 > 6) break;
        let [d12, d13] = [a3, 'x,y,z'];
        [d12, d13] = [d13, d12];
        const f15 = function (a16, a17 = '0x1f', ...r18) {
          tick();
          print(show((r4.indexOf('') % Math.max(parseFloat('-0'), (true ? d13 : true)))));
          print(show(`<${[][1]}|${String(JSON.stringify((false ? 2147483647 : 0xff), ['a', 'key']))}>`));
          print(show(((p19 = null) => a16)((255).toExponential(4))));
          return Math.clz32(3);
        };
      }
    }
    return (a3 && 2147483647);
  }
  print(show((isNaN(-3n) ? '0x1f'.length : ('null' * 1_000))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    print(show(((p20 = ' 7 ') => (p20 ?? Infinity))(((p21 = true) => p21)('B', (null && '-0')), ('' + 'null'))));
    const f22 = function (a23, a24 = 12345678901234567890n, ...r25) {
      tick();
      function f26(a27, a28 = 1_000, ...r29) {
        tick();
        let v30 = clip((r29.every(x31 => Number.isInteger(NaN) || x31 >= 'a') || (!(255n ?? 0.1))));
        if (v30) throw new RangeError(`<${'a-b'}|${'😀!'}>`);
        const f32 = (a33, a34 = a28, ...r35) => {
          tick();
          return a24;
        };
        return ''.substring(5, 4);
      }
      return a23;
    };
    throw new Error(('a-b' + 1));
  }
  catch (e36) {
    print(`caught ${show(e36)} ${e36 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map(Object.entries(Object.assign({}, Object.assign({}, ({ ['12']: 'null', a: 1.5 }), ({ b: true, b: '', ['a-b']: 255n })), ({ ...({ b: undefined, 0: true }), ...({}) }))))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task37 = async () => {
  print('task 0 step 0');
  print(`<${null}|${'a-b'}>` + show(await Promise.resolve('12')) + show(await true));
  const v38 = clip(Object.assign({}, Object.assign({}, ({ ['']: 1n }), Object.fromEntries(new Map([['-0', -2.5], ['0x1f', 3]]))), ({ ...({ a: 12345678901234567890n }), ...({ ...({ a: 0b101 }), ...({ b: Infinity }) }) })));
  let i39 = 3;
  l40: while (i39-- > 0) {
    tick();
    const w43 = await Promise.resolve(Promise.race([later(3, ''), later(1, 2147483647), later(0, 255n)])).then(x => print(`c42 ${show(x)}`), e => print(`c42! ${show(e)}`));
    print(show(w43));
    const f44 = function (a45, a46 = 'a-b', ...r47) {
      tick();
      print(show((r47.slice(1, 3).join('x,y,z') + (/(\w)(\w)?/.test('-0') ? (Infinity || true) : a46))));
      return a45;
    };
  }
  return [true][0];
};
task37().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

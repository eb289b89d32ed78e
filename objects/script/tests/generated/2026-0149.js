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
  let v1 = clip([2, 'a-b', undefined].lastIndexOf(true));
  const f2 = function (a3, a4 = [].at(-1), ...r5) {
    tick();
    let v6 = clip(('null'.trimEnd() + 'null').charAt(1));
    print(show(((p7 = a4) => a3)(Object.fromEntries(new Map([[v1, a3]]))?.key)));
    try {
      function f8(a9, a10 = ('-0' ?? 'a-b'), ...r11) {
        tick();
        if ((new Map([['é', 1]]).get(undefined) ?? ({ key: ' 7 ', b: a4, b: true })?.[1])) {
        }
        else {
        }
        return a9;
      }
    }
    catch (e12) {
      print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
    }
    return a4;
  };
  print(show('é'.repeat(3).split(/[^a]/i).some(x13 => (!x13) || x13 < 'a')));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  l15: for (let i14 = 0; i14 < 4; i14 += 2) {
    const f16 = (x = 1) => `${i14}${typeof x}`;
    tick();
    print(show(f16()));
    switch ((NaN * 0b101)) {
      case (false ? Infinity : 1_000): {
        try {
          const v17 = clip(('0x1f'.padEnd(0, '-0') + i14).replaceAll('0x1f', '[$&]'));
        }
        catch (e18) {
          print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
        }
        break;
      }
      case (+i14): {
        break;
      }
    }
  }
  print(show(new Map([[null, (7n ?? (false ? 0.1 : 'é'))]])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (({})?.key) {
    let n21 = 0;
    for (const x20 of [...[-2.5], 1.5].map(x19 => x19)) {
      tick();
      if (++n21 > 6) break;
      for (let i23 = 0; i23 < 3; i23++) {
        const f24 = (x = 1) => `${i23}${typeof x}`;
        tick();
        print((false ? 'x,y,z' : '-0') + show(await Promise.resolve(Promise.resolve(later(1, 'B')).then(x => print(`c25 ${show(x)}`), e => print(`c25! ${show(e)}`)).then(x => (print(`c26 ${show(x)}`) ?? later(2, x20))).finally(() => (print('c27') ?? later(2, 'a-b')))).finally(() => (print('c28') ?? Promise.resolve(x20))).finally(() => (print('c29') ?? Promise.any([later(2, ({ key: '-0' })?.[0])])))) + show(await '0x1f'));
        const v30 = clip(new Map([[x20, (x20 && x20)]]));
        function f31(a32, a33 = true, ...r34) {
          tick();
          let [d35, d36] = [a33, ({})?.key];
          [d35, d36] = [d36, d35];
          const v38 = clip(0n);
          print(show(v30.delete([-3n, x20].at(1))));
          return d35;
        }
      }
    }
  }
  else {
  }
  print(show(({ a: Object.assign({}, ({ key: -9007199254740993n, b: 7 }), ({ 0: 'null', 0: undefined, key: null }))?.[1] })));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v39 = clip(new Set([]));
  if ((('null' ?? '-0') > ((p40 = 'a') => p40)(...[undefined], '-0'))) throw (true ? ' 7 ' : undefined);
  if (/[a-z]+/.test(String(JSON.stringify('a')))) throw 7n;
  const [d41 = ({})?.[1], d42, ...d43] = Array.from(String(JSON.stringify(({ 1: 'é' }), null, 1)));
  print(show(({ b: d41 })));
  print(`d42 ${show(d42)}`);
  print(`d41 ${show(d41)}`);
  print(`d43 ${show(d43)}`);
  print(`v39 ${show(v39)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

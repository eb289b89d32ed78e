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
  const v1 = clip(({}));
  await Promise.race([Promise.resolve(later(2, true)).then(x => (print(`c2 ${show(x)}`) ?? later(2, [255, -3n][0]))).catch(e => (print(`c3 ${show(e)}`) ?? later(2, (true ? '-0' : 2147483647))))]);
  print(show(new Set(['-0'].toSorted())));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n5 = 0;
  l6: for (const [k7, x4] of new Map([])) {
    tick();
    if (++n5 > 6) break;
    const v8 = clip(new Map([[k7, ({ b: true })?.[0]]]).get(((p9 = k7) => p9)()));
    const v11 = clip(Object.fromEntries(new Map([[0xff, -1]])));
    let v12 = clip(new Map([[true, x4]]));
    const w16 = await Promise.resolve(later(2, new Map([['é', v8]]).get(0xff))).finally(() => (print('c13') ?? later(1, ('a' || 0n)))).catch(e => (print(`c14 ${show(e)}`) ?? Promise.all([later(0, (k7 && -2.5)), later(0, v8)]))).catch(e => (print(`c15 ${show(e)}`) ?? Promise.any([later(3, 'é')])));
    print(show(w16));
  }
  print(show(Array.from(new Set([...[null, -2.5], true]))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f17 = function (a18, a19 = new Map([]).get(7n), ...r20) {
    tick();
    let n22 = 0;
    l23: for (const x21 of new Set(r20)) {
      tick();
      if (++n22 > 6) break;
      const f25 = (a26, a27 = 'null', ...r28) => {
        tick();
        let n30 = 0;
        l31: for (const x29 of new Set(r20)) {
          tick();
          if (++n30 > 6) break;
          let v33 = clip((Array.from(new Set([a27, a18])).some(x34 => (true && false) || x34 !== null) && new Set(r28).has(r28[3])));
          const v35 = clip(new Map([['B', ([undefined].at(0) || 'é')], [a27, a26]]));
          r20 = clip(r28);
        }
        print(show(r28.shift()));
        return Math.floor(1.5);
      };
      r20 = clip(r20);
    }
    return (({ [' 7 ']: a18, 1: '-0', b: a19 })?.b || r20[2]);
  };
  print(show(BigInt(([null, ''].length - (true ? 0 : 255)) | 0)));
  print(`f17 ${show(f17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const v36 = clip(('a' in ({ 1: [-9007199254740993n, 2147483647, -9007199254740993n][0], a: 0xff, 1: (null && 'a') })));
  let [d37, d38] = [1n, ('B' ?? null)];
  [d37, d38] = [d38, d37];
  let i40 = 3;
  while (i40-- > 0) {
    tick();
    const f41 = function (a42, a43 = d37, ...r44) {
      tick();
      let i45 = 1;
      l46: while (i45-- > 0) {
        tick();
        let v47 = clip(new Map(Object.entries(({}))));
        print(show(((p48 = 0xff) => '0x1f'.replace(/[a-z]+/g, (m, ...more) => `${m}${more.length}`))((0xff % 0xff))));
        let v49 = clip(Number.isInteger(a43));
        function f50(a51, a52 = NaN, ...r53) {
          tick();
          return String(JSON.stringify(0xff));
        }
      }
      return (d37 ?? true);
    };
  }
  print(show(new Set([true, d37].filter(x54 => true || x54 !== 'é').toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)))));
  print(`i40 ${show(i40)}`);
  print(`d38 ${show(d38)}`);
  print(`d37 ${show(d37)}`);
  print(`v36 ${show(v36)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

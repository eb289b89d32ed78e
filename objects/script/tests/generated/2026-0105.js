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
  for (let i1 = 0; i1 < 3; i1 += 2) {
    tick();
    const f2 = function (a3, a4 = 1, ...r5) {
      tick();
      switch (((p6 = 'a') => a3)(...[0n], a3)) {
        case (4294967296).toFixed(7): {
          let v7 = clip(BigInt.asUintN(41, 12345678901234567890n));
        }
        case `<${true}|${'x,y,z'}>`: {
          break;
        }
        case ['', a3].join('é'): {
          break;
        }
      }
      return new Map([[a4, true], [a4, a4]]).get(a4);
    };
  }
  print(show(({ a: ((p8 = undefined) => ({ b: 1.5, ['null']: p8 })?.b)(), key: ((p9 = undefined) => p9)(...[('null' || 'a-b')], new Map([]).get(1e21)), ['é']: ((false ? ' 7 ' : true) ?? 1) })));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n11 = 0;
  for (const x10 of new Set([undefined, true].concat(['a-b', 'é']))) {
    tick();
    if (++n11 > 6) break;
    const v13 = clip(new Map(Object.entries(({ ...({}), ...Object.fromEntries(new Map([['a', Infinity]])) }))));
    if ((('' && x10) < 1e-7)) throw new RangeError(String([]));
    let n15 = 0;
    l16: for (const [k17, x14] of new Map([[x10, x10]])) {
      tick();
      if (++n15 > 6) break;
      await never(1, new TypeError([null, k17].join('0x1f')));
      let i18 = 0;
      l19: do {
        tick();
        let v20 = clip(new Map([]));
        v20 = clip(new Map([[-3n, ((p21 = 1e21) => k17)(({ 1: null, 1: 10 })?.[1])]]));
      } while (++i18 < 2);
    }
  }
  print(show(String(Object.assign({}, ({ a: 255 }), ({ 0: '😀!', a: null, 1: '0x1f' }))).substring(-1, 0)));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v22 = clip(BigInt.asUintN(27, (BigInt(3 | 0) | BigInt(-2.5 | 0))));
  const f23 = function (a24, a25 = -3n, ...r26) {
    tick();
    const f27 = (a28, a29 = ({ 0: undefined })?.[0], ...r30) => {
      tick();
      if (/b*?/.test('0x1f'.charAt(-2))) throw new Error(`<${a25}|${'x,y,z'}>`);
      function f31(a32, a33 = (false ? 'B' : true), ...r34) {
        tick();
        let v35 = clip([a24, null, a28].toSorted().slice(-1, 2).map(x36 => x36));
        const f37 = (a38, a39 = new Map([]).get('null'), ...r40) => {
          tick();
          return ({ 0: 1.5, a: -9007199254740993n, 1: '-0' })?.[1];
        };
        return a24;
      }
      return a29;
    };
    return a24;
  };
  print(show(new Map([['0x1f', ((!undefined) ? ({ 0: 'B', 1: true, a: '' })?.b : (1 && undefined))]])));
  print(`f23 ${show(f23)}`);
  print(`v22 ${show(v22)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const { a: d41 = (1n || '-0'), [`k${'ey'}`]: d42, ...d43 } = Object.fromEntries(new Map([['é', '-0']]));
  print(show(new Set(Object.keys(({ ['0x1f']: 1_000, 1: ' 7 ', key: 0n })))));
  let n45 = 0;
  for (const x44 of [255, true, d41]) {
    tick();
    if (++n45 > 6) break;
    await Promise.resolve(later(1, 2147483647)).then(x => (print(`c47 ${show(x)}`) ?? '😀!')).catch(e => (print(`c48 ${show(e)}`) ?? Promise.resolve(later(3, 'a')).catch(e => (print(`c49 ${show(e)}`) ?? later(1, 1_000))).catch(e => (print(`c50 ${show(e)}`) ?? later(3, (d41 ?? x44)))).then(x => (print(`c51 ${show(x)}`) ?? later(0, (false ? 'B' : true))))));
    let i52 = 0;
    do {
      tick();
      if ((Number('x,y,z') >= Math.max(255, -2.5))) continue;
      print(show(new Map(Object.entries(Object.assign({}, ({ a: d41 }), ({ 0: '-0', ['12']: 7, a: 0 }))))));
      let v53 = clip(new Set([...[], ({})?.[1]]));
    } while (++i52 < 3);
  }
  print(show(([].length & (((p54 = d41) => '😀!')(d42) | (~Infinity)))));
  print(`d42 ${show(d42)}`);
  print(`d41 ${show(d41)}`);
  print(`d43 ${show(d43)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip((1n | BigInt([0xff, 'a-b', '0x1f'].indexOf(3) | 0)));
  if (('a' in Object.fromEntries(new Map([['12', true], [' 7 ', true]])))) throw new RangeError((4294967296).toFixed(2));
  const [d2 = '12', d3, ...d4] = ['é', 0n];
  print(show(String(Object.assign({}, ({ ['😀!']: 0xff, a: null }), ({}))?.key)));
  print(`d3 ${show(d3)}`);
  print(`d2 ${show(d2)}`);
  print(`d4 ${show(d4)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  for (let i5 = 0; i5 < 4; i5 += 1) {
    tick();
    const f6 = function (a7, a8 = i5, ...r9) {
      tick();
      let n11 = 0;
      for (const [k12, x10] of new Map([])) {
        tick();
        if (++n11 > 6) break;
        print(show(((p13 = -1) => ((p14 = 'a') => p13)(...[('-0' ?? -2.5)], a8))()));
        const f15 = function (a16, a17 = 'a', ...r18) {
          tick();
          return a8;
        };
      }
      return ({ ...({ a: '0x1f' }), ...({}) })?.[1];
    };
  }
  print(show(Object.assign({}, ({}), ({ key: 12345678901234567890n }))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v19 = clip(({ 1: ['B', true, true].at(-1), key: 'B' }));
  let v20 = clip((Math.ceil(parseInt('null')) < Math.min(['0x1f'].length, (true && 1_000))));
  let n22 = 0;
  for (const x21 of [].slice(0, 0).toSorted()) {
    tick();
    if (++n22 > 6) break;
    function f24(a25, a26 = ['null', 1.5, undefined].at(3), ...r27) {
      tick();
      return a26;
    }
  }
  print(show(v19));
  print(`v20 ${show(v20)}`);
  print(`v19 ${show(v19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(((p28 = Infinity) => p28)('a-b')));
  let n31 = 0;
  for (const x30 of Object.keys(({ key: '0x1f', b: -9007199254740993n, a: -9007199254740993n })).map(x29 => x29)) {
    tick();
    if (++n31 > 6) break;
    const f33 = function (a34, a35 = new Map([[x30, x30]]).get(x30), ...r36) {
      tick();
      let v37 = clip(r36.slice(1, -1).indexOf(a34));
      const f38 = (a39, a40 = ({ 1: a34, a: a34 })?.[0], ...r41) => {
        tick();
        let [d42, d43] = [r36.at(0), a39];
        [d42, d43] = [d43, d42];
        let i45 = 1;
        while (i45-- > 0) {
          tick();
          print(show(r41.unshift((-3n - v37))));
          print(show(((p46 = d43) => a40)(((p47 = '') => a34)(...[-9007199254740993n], [d43, d43][0]), a35)));
        }
        return a34;
      };
      return x30;
    };
  }
  print(show('😀!'));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

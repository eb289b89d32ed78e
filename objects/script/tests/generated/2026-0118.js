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
  const f1 = function (a2, a3 = ((p5 = undefined) => p5)(), ...r4) {
    tick();
    function f6(a7, a8 = a2, ...r9) {
      tick();
      let v10 = clip(r9);
      print(show(r4.push((1.5 > a3))));
      r9 = clip(r9);
      return ('null' === null);
    }
    print(show(new Set(['😀!', 0b101]).has(-0)));
    return ('null' ?? 1);
  };
  print(show(new Set([0.1]).has(('-0' + -1))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n12 = 0;
  for (const x11 of [true].join('12').padStart(3, 'é')) {
    tick();
    if (++n12 > 6) break;
    const f14 = function (a15, a16 = x11, ...r17) {
      tick();
      let n19 = 0;
      l20: for (const x18 of `<${NaN}|${'12'.replace(/[^a]/i, '<$&$1>')}>`) {
        tick();
        if (++n19 > 6) break;
        let v22 = clip(String([true]).slice(-3));
        if (((1e-7 * 4294967296) >= Math.imul(1_000, true))) continue l20;
      }
      return [...['é'], x11].at(2);
    };
  }
  print(show(({ ...({ 0: 255n, key: 'é', 1: ('12' ?? 1.5) }), ...({}) })));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

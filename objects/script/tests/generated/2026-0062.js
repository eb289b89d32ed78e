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
  let v1 = clip(((((p2 = 'a') => 0xff)(...[null], -1) - (Infinity - 7)) * [true, 12345678901234567890n, 'x,y,z'].join('-0').length));
  for (let i3 = 0; i3 < 1; i3++) {
    tick();
    const v4 = clip((Math.ceil(v1) < 1e21));
    const f5 = (a6, a7 = new Map([]).get(1e21), ...r8) => {
      tick();
      return v4;
    };
  }
  print(show(((1n % BigInt.asUintN(59, -9007199254740993n)) & BigInt.asUintN(31, (7n / -9007199254740993n)))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i9 = 2;
  while (i9-- > 0) {
    tick();
    const { a: d10 = '😀!', [`k${'ey'}`]: d11, ...d12 } = ({ ...({ b: true, b: '0x1f' }), ...Object.assign({}, ({ a: null, b: 1e21 }), ({ 0: 12345678901234567890n })) });
    const v13 = clip(`<${(+10)}|${String(JSON.stringify('12', ['a', 'key'])).repeat(0)}>`);
  }
  let v14 = clip([-3n, 'a-b'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  print(show(new Set(v14)));
  print(`v14 ${show(v14)}`);
  print(`i9 ${show(i9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  l16: for (let i15 = 0; i15 < 3; i15 += 1) {
    const f17 = (x = 1) => `${i15}${typeof x}`;
    tick();
    if (('12' && 1e21)) {
      let n19 = 0;
      for (const [k20, x18] of new Map([[undefined, f17(0n, 4294967296)], [null, [].at(1)]])) {
        tick();
        if (++n19 > 6) break;
        print(show(f17()));
        let v21 = clip((([].indexOf('null') % i15) === (Math.round(1.5) >>> i15)));
      }
    }
  }
  print(show(String(JSON.stringify(`<${12345678901234567890n}|${(1e-7).toExponential(7)}>`, null, 1))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

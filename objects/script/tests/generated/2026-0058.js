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
  let i1 = 0;
  do {
    tick();
    const f2 = function (a3, a4 = (false ? true : -9007199254740993n), ...r5) {
      tick();
      r5 = clip(r5);
      if (/^x|y$/.test('a')) return `<${undefined}|${'0x1f'}>`;
      try {
        let v6 = clip(([].join('a-b') + Math.sqrt(1.5)));
        throw new SyntaxError(v6);
      }
      catch (e7) {
        print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
      }
      return String(JSON.stringify([null, undefined, a3], null, 1));
    };
  } while (++i1 < 2);
  print(show('a'.split(/(\w)(\w)?/).concat(Array.from(new Set([-1, undefined]))).slice(1, -1)));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let [d8, d9] = [false, 2];
  [d8, d9] = [d9, d8];
  let v11 = clip([...[null].slice(-1, 2), new Map([[d9, d8], ['B', d9]]).get('-0')].includes([][0]));
  print(show(('-0'.repeat(0) && ((p12 = d9) => ({ ['B']: p12, key: null, b: p12 })?.a)(1.5))));
  print(`v11 ${show(v11)}`);
  print(`d9 ${show(d9)}`);
  print(`d8 ${show(d8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task13 = async () => {
  print('task 0 step 0');
  print(String(JSON.stringify(-1)) + show(await new Promise(resolve => resolve(never(3, (false ? 12345678901234567890n : 0b101))))) + show(await 0n));
  for (let i14 = 0; i14 < 2; i14 += 1) {
    tick();
    const v15 = clip(Math.max((i14 * i14), [1e-7].at(2)));
    print(show(new Map([])));
  }
  return ({ b: true, ['null']: null, 0: '😀!' })?.a;
};
task13().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

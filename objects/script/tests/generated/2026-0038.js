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
  let v1 = clip(new Map([]));
  l3: for (let i2 = 0; i2 < 1; i2++) {
    tick();
    const [d4 = 'null', d5, ...d6] = [...[255n, 0b101], undefined].concat([true].map(x7 => 255n));
    try {
      const v8 = clip(v1);
      if (d4) {
        await later(0, d5);
      }
      else {
      }
      throw new TypeError(`<${undefined}|${'null'}>`);
    }
    catch (e9) {
      print(`caught ${show(e9)} ${e9 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set([].flatMap((x, i) => [i, x]))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v10 = clip(parseFloat([7n, undefined, true].join('0x1f')));
  await later(3, v10);
  if ((!(v10 && NaN))) throw v10;
  print(show(new Map([[undefined, (true || true)]])));
  print(`v10 ${show(v10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const { a: d11 = (false ? 1n : Infinity), [`k${'ey'}`]: d12, ...d13 } = ({});
  if (Number.isInteger('0x1f')) throw new RangeError(('😀!' + null));
  try {
    let i14 = 0;
    do {
      tick();
      print(show((d13.a = String(({})))));
      let n17 = 0;
      l18: for (const x16 of new Set([d12].filter(x15 => true || x15 === d12))) {
        tick();
        if (++n17 > 6) break;
        const { a: d20 = '0x1f', [`k${'ey'}`]: d21, ...d22 } = d13;
        let v23 = clip(parseInt(`<${d11}|${'12'}>`.replace(/^x|y$/g, (m, ...more) => `${m}${more.length}`)));
      }
    } while (++i14 < 2);
    throw 0b101;
  }
  finally {
    print('finally');
  }
  print(show(((-9007199254740993n * 7n) * ((1n / -3n) % (-3n - 12345678901234567890n)))));
  print(`d12 ${show(d12)}`);
  print(`d11 ${show(d11)}`);
  print(`d13 ${show(d13)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

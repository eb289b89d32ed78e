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
  const v1 = clip([true]);
  try {
    if (('a' in Object.fromEntries(new Map([['', 2], [3, undefined]])))) throw new RangeError((typeof '-0'));
    const v2 = clip(new Set(String([4294967296]).split(/[^a]/i)));
    let n4 = 0;
    l5: for (const x3 of ['x,y,z', 3].concat(Array.from('-0'))) {
      tick();
      if (++n4 > 6) break;
    }
  }
  catch (e7) {
    print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((- (new Map([]).get(' 7 ') * 1_000))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v8 = clip(new Set(Object.keys(({ 0: undefined, 0: true })).concat([-9007199254740993n, 0b101].filter(x9 => false || x9 >= ''))));
  const f10 = function (a11, a12 = ({ 0: 'a-b', 1: true })?.[0], ...r13) {
    tick();
    switch (((-2.5 === 10) ? ({ a: Infinity })?.[1] : NaN)) {
      default: {
        print(show(v8.add(a11).size));
        if ((new Map([['😀!', -1], [4294967296, 0.1]]).get(2) ?? (false ? Infinity : NaN))) {
          print(show(r13.push(a12)));
        }
        else {
        }
      }
      case String(JSON.stringify(r13, ['a', 'key'])): {
      }
    }
    return ({ 1: 7, 0: ' 7 ' })?.b;
  };
  print(show(new Map([])));
  print(`f10 ${show(f10)}`);
  print(`v8 ${show(v8)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

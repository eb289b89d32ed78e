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
  const v1 = clip((!({})?.[0]));
  l3: for (let i2 = 0; i2 < 3; i2 += 2) {
    const f4 = (x = 1) => `${i2}${typeof x}`;
    tick();
    if (v1) {
      try {
        throw (false ? v1 : true);
      }
      catch (e5) {
        print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
      }
    }
    else {
    }
  }
  print(show(new Set(Array.from(new Set([undefined])))));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f6 = function (a7, a8 = 7, ...r9) {
    tick();
    let i10 = 0;
    l11: do {
      tick();
      if ((-0 !== ['12', 'é'].at(-2))) break l11;
      if (Number.isInteger(('B' && a7))) break l11;
      r9 = clip([]);
    } while (++i10 < 3);
    try {
      r9 = clip([-3n]);
      const f12 = function (a13, a14 = 1, ...r15) {
        tick();
        print(show(new Map([[4294967296, a13], [a14, (1_000 * -0)]])));
        return a8;
      };
    }
    finally {
      print('finally');
    }
    return (~i10);
  };
  print(show([]));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  await later(1, new Map([['a-b', 7], [true, -3n]]).get(undefined));
  print(show(((p16 = null) => p16)()));
  const v17 = clip(new Set(['a', undefined]));
  const v18 = clip('a');
  print(show('a-b'.split('B').map(x19 => x19).lastIndexOf(((true ? null : 4294967296) ?? [][0]))));
  print(`v18 ${show(v18)}`);
  print(`v17 ${show(v17)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  print('12' + show(await later(1, ((p21 = undefined) => NaN)(7, 2))) + show(await 255));
  const v22 = clip(['B']);
  function f23(a24, a25 = ({ b: 1.5, 0: 'é' })?.[0], ...r26) {
    tick();
    function f27(a28, a29 = a25, ...r30) {
      tick();
      const v31 = clip(r30);
      return ([].every(x32 => true || x32 < a24) ? 1n : 1_000);
    }
    return (0 && (a25 || a24));
  }
  print('task 0 step 1');
  await E(target).echo((-3n && 255));
  return [7n, true, 1e21][3];
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  try {
    function f1(a2, a3 = ((p5 = undefined) => undefined)(...[' 7 '], 4294967296), ...r4) {
      tick();
      switch (new Map([]).get(a2)) {
        case [-0, true].length: {
          let v6 = clip(BigInt((0 / (true ? 1_000 : 0xff)) | 0));
          function f7(a8, a9 = a2, ...r10) {
            tick();
            return (a2 || (undefined ?? a3));
          }
          break;
        }
      }
      return a2;
    }
    throw new SyntaxError((-1).toFixed(2));
  }
  catch (e11) {
    print(`caught ${show(e11)} ${e11 instanceof TypeError}`);
  }
  print(show(Object.fromEntries(new Map([[255, (true ? null : 1.5)]]))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f12 = (a13, a14 = new Map([[null, 7n]]).get('x,y,z'), ...r15) => {
    tick();
    l17: for (let i16 = 0; i16 < 4; i16 += 2) {
      tick();
      let v18 = clip((!a14));
      print(show(r15.pop()));
      let v19 = clip(({ [' 7 ']: a13, b: a14 }));
      const [d20 = new Map([['x,y,z', a14], [a14, a14]]).get(' 7 '), d21, ...d22] = [1e-7].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0));
      function f23(a24, a25 = a14, ...r26) {
        tick();
        print(show(v18));
        a24 = clip(d20);
        return i16;
      }
    }
    return a13;
  };
  print(show(new Set([].flatMap((x, i) => [i, x]).toSorted())));
  print(`f12 ${show(f12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task27 = async () => {
  print('task 0 step 0');
  const w28 = await 12345678901234567890n;
  print(show(w28));
  const v29 = clip(new Map([]));
  const f30 = (a31, a32 = true, ...r33) => {
    tick();
    print(show(((p34 = a32) => String(({ 1: 1_000, 1: p34 })))()));
    const v36 = clip((0xff >>> [].indexOf((true ? -3n : '-0'))));
    return ['a'].at(-2);
  };
  return (NaN && true);
};
task27().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
    let v1 = clip(new Set(['😀!']));
    let i2 = 2;
    while (i2-- > 0) {
      tick();
      switch ('a-b'.split(/b*?/)[3]) {
        default: {
        }
        case (0xff / 10): {
          break;
        }
      }
    }
    throw i2;
  }
  finally {
    print('finally');
  }
  print(show((({ a: undefined })?.[0] > Object.assign({}, ({ a: ' 7 ' }), ({ a: 1e21, ['x,y,z']: 'é' }))?.b)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v3 = clip(((true >= 'a-b') || (NaN ?? 7n)));
  switch (v3) {
    case ((p4 = v3) => -0)('😀!', true): {
      print(show(((p5 = -1) => v3)(v3, (true ? 4294967296 : 3))));
      const [d6 = v3, d7, ...d8] = [v3, true];
      try {
        if (d6) {
          print((true ? 'a-b' : 'x,y,z') + show(await later(2, v3)) + show(await 'x,y,z'));
          print(show(d6));
          print(show(((p9 = d7) => Object.fromEntries(new Map([[true, -3n], [null, d6]]))?.b)(`<${d6}|${''}>`, d6)));
        }
        else {
        }
        throw true;
      }
      catch (e10) {
        print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      break;
    }
    case parseFloat('null'): {
    }
  }
  print(show(((255n ^ 12345678901234567890n) || ['a', -2.5, 3].includes(4294967296))));
  print(`v3 ${show(v3)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task11 = async () => {
  print('task 0 step 0');
  const w12 = await later(1, -0);
  print(show(w12));
  let i13 = 3;
  l14: while (i13-- > 0) {
    tick();
    const v15 = clip(new Map([[0.1, ((p16 = null) => (false ? Infinity : undefined))(...[((p17 = null) => 1e21)(10, undefined)], (true ?? 'null'))]]));
    const v18 = clip(new Map([[0.1, [2147483647].length], ['a-b', 'a-b']]));
    let v19 = clip((('null' & 0) && ((12345678901234567890n >= true) ? (undefined ?? -1) : ({ b: null, ['😀!']: 1e-7, 0: null })?.b)));
  }
  let i20 = 2;
  while (i20-- > 0) {
    tick();
    function f21(a22, a23 = 'B', ...r24) {
      tick();
      if ((r24.every(x25 => false || x25 >= true) || (!undefined))) return (a23 ?? (true ? a22 : true));
      return a23;
    }
  }
  print('task 0 step 1');
  await later(3, ('😀!' && null));
  print('task 0 step 2');
  await Promise.resolve((12345678901234567890n ?? 2147483647));
  return 'é';
};
task11().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

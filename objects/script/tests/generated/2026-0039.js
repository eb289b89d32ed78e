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
  let n2 = 0;
  for (const x1 of [1n, 'a-b', '0x1f'].join('x,y,z')) {
    tick();
    if (++n2 > 6) break;
    const v4 = clip((!x1));
    try {
      try {
        if (v4) throw new SyntaxError((true ? '12' : 'null'));
      }
      catch (e5) {
        print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
      }
      throw new Error(`<${'😀!'}|${'😀!'}>`);
    }
    catch (e6) {
      print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show(new Set([undefined, '-0', 'a-b'])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  l8: for (let i7 = 0; i7 < 3; i7 += 1) {
    const f9 = (x = 1) => `${i7}${typeof x}`;
    tick();
    try {
      print(show((new Map([[Infinity, 0.1]]).has(-3n) ? (false ? '0x1f' : 'B') : new Map([[2147483647, Infinity], [null, -9007199254740993n]]).get(i7))));
      switch ((({ key: 'a', 0: 'é', a: undefined })?.b || (null || true))) {
        default: {
          if (Number.isInteger(({ ['-0']: 10, key: 0n })?.a)) throw 255n;
        }
        case ('a' + -2.5): {
          break;
        }
      }
    }
    catch (e10) {
      print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
    }
  }
  print(show(new Set(['0x1f', '0x1f', undefined].flatMap((x, i) => [i, x]))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  l12: for (let i11 = 0; i11 < 3; i11 += 2) {
    tick();
    let i13 = 0;
    do {
      tick();
      if (i11) {
        const [d14 = ((p17 = '0x1f') => 4294967296)(0n), d15, ...d16] = ('B' + true).split('x,y,z');
        const v18 = clip(`<${d14}|${`<${d15}|${(1e-7).toFixed(5)}>`}>`);
        const v19 = clip(d16);
      }
    } while (++i13 < 3);
  }
  print(show(({})));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v20 = clip((((null && 7) >= 2) ? String(Object.assign({}, ({ key: undefined }), ({ 0: 0xff, 0: true, a: undefined }))) : (typeof new Map([['null', -2.5]]).get('-0'))));
  print(show(((p21 = undefined) => p21)()));
  if ((['12', true].at(3) <= new Map([[7, undefined]]).get(-2.5))) throw -2.5;
  let n24 = 0;
  l25: for (const x23 of String(JSON.stringify(Object.assign({}, ({}), ({})), null, 1))) {
    tick();
    if (++n24 > 6) break;
    const f27 = function (a28, a29 = (x23 ?? x23), ...r30) {
      tick();
      const f31 = function (a32, a33 = true, ...r34) {
        tick();
        const v35 = clip((((a33 ?? 'B') ?? a32) | (a32 & Math.clz32(0b101))));
        const f36 = function (a37, a38 = a33, ...r39) {
          tick();
          let v40 = clip(((({})?.b - ('x,y,z' - v35)) + ((0b101 / 1) * v35)));
          return a38;
        };
        return (v35 ?? a32);
      };
      return f31(-9007199254740993n);
    };
  }
  print(show(new Map([])));
  print(`v20 ${show(v20)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task41 = async () => {
  print('task 0 step 0');
  print(('😀!' + 'a') + show(await Promise.resolve(false)) + show(await 7n));
  let v42 = clip([...Array.from('x,y,z'), NaN].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
  if ((true ? 'x,y,z' : 'B')) {
    let v43 = clip(BigInt.asUintN(65, 7n));
    v42 = clip([-0, true, '']);
    let v44 = clip(new Map([]).get(((3 && 1_000) ?? [].at(-1))));
  }
  else {
  }
  print('task 0 step 1');
  print(String(v42) + show(await never(0, 1e21)) + show(await null));
  return 0;
};
task41().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
    if (Boolean('x,y,z')) break;
    try {
      function f2(a3, a4 = (true ?? 10), ...r5) {
        tick();
        const f6 = (a7, a8 = 'é', ...r9) => {
          tick();
          if ((Math.imul(1_000, true) >= Math.sqrt(10))) throw a8;
          return a4;
        };
        return (-9007199254740993n - 7n);
      }
      throw (2147483647 ?? undefined);
    }
    catch (e10) {
      print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  } while (++i1 < 3);
  print(show(new Map([[0b101, Math.imul(-2.5, 1e-7)], [0.1, (NaN - -2.5)]])));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    let v11 = clip([true, '😀!', '0x1f']);
    let v12 = clip(v11.findIndex(x13 => ('12' === 'null') || x13 !== 'a-b'));
    throw 12345678901234567890n;
  }
  catch (e14) {
    print(`caught ${show(e14)} ${e14 instanceof TypeError}`);
    const f15 = (a16, a17 = -1, ...r18) => {
      tick();
      return (Boolean(12345678901234567890n) ? a16 : (false ? 7 : a16));
    };
  }
  print(show(new Map([[4294967296, (/b*?/.test('😀!') ? true : 1e21)], ['', (- 0)]])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task19 = async () => {
  print('task 0 step 0');
  await Promise.race([never(0, [NaN, true, 'a'][2]), Promise.resolve(later(0, 10)).then(x => (print(`c20 ${show(x)}`) ?? later(0, (1.5 ?? true)))).finally(() => (print('c21') ?? later(3, ((p22 = 'a') => 'B')(...['null'], undefined)))).then(x => (print(`c23 ${show(x)}`) ?? later(3, (false ? -3n : undefined)))), later(2, 0xff)]);
  for (let i24 = 0; i24 < 4; i24++) {
    tick();
    print(show(((p25 = true) => i24)(((p26 = true) => p26)((-9007199254740993n ?? 1e21), 0), String(1_000))));
    const { a: d27 = (true ? 255 : 255), [`k${'ey'}`]: d28, ...d29 } = ({});
    print(show((d28 ?? d27)));
  }
  if ((1e-7 / 1e-7)) {
    let v30 = clip(BigInt((+('a-b' * 255)) | 0));
  }
  else {
  }
  print('task 0 step 1');
  print(`<${1.5}|${''}>` + show(await later(0, 12345678901234567890n)) + show(await -2.5));
  print('task 0 step 2');
  print(String('😀!') + show(await Promise.resolve(new Promise(resolve => resolve(later(1, ((p31 = 'x,y,z') => 0n)(true, null))))).then(x => (print(`c32 ${show(x)}`) ?? Promise.race([later(0, [][0]), later(2, (7n ?? 'a'))]))).then(x => (print(`c33 ${show(x)}`) ?? Promise.allSettled([later(3, (true ? undefined : 2)), later(2, ((p34 = 'B') => p34)(255n))])))) + show(await 255n));
  return ('null' && 255n);
};
task19().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let v1 = clip(new Map([[' 7 ', (new Map([]).get(3) && ('a' ?? 'null'))]]));
  const f2 = (a3, a4 = 'null', ...r5) => {
    tick();
    print(show(((p6 = a4) => `<${p6}|${'12'}>`)(a3, (true ? -1 : Infinity))));
    const v7 = clip((typeof (1.5 ?? 255)));
    function f8(a9, a10 = 1e21, ...r11) {
      tick();
      return a9;
    }
    return a4;
  };
  print(show([undefined, 3, -1]));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f12 = (a13, a14 = ({ 1: 'a', 0: '12', ['B']: true })?.b, ...r15) => {
    tick();
    switch (a13) {
      default: {
        const f16 = (a17, a18 = a13, ...r19) => {
          tick();
          print(show((new Map([]).get(12345678901234567890n) - '😀!'.replace(/\d+/, '<$&$1>').length)));
          const v20 = clip(new Map([[a14, (true ? 255 : 4294967296)], [true, a17]]));
          return (false && a13);
        };
        let v21 = clip((((true ? a14 : 1) || new Map([]).get(0b101)) % ('12'.length * (0 % 1))));
      }
      case Math.sign(0xff): {
        const f22 = (a23, a24 = (false ? undefined : 'a-b'), ...r25) => {
          tick();
          let v26 = clip(((255 / -0)).toExponential(7).substring(3, 1));
          return ((p27 = 1_000) => 10)(a13, 1e-7);
        };
        break;
      }
      case parseFloat('-0'): {
      }
      case 'null'.length: {
      }
    }
    return (3 << 0xff);
  };
  print(show(Object.values(({}))));
  print(`f12 ${show(f12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task28 = async () => {
  print('task 0 step 0');
  print('12'.replace(/\s*,\s*/g, (m, ...more) => `${m}${more.length}`) + show(await Promise.resolve(Promise.resolve(1e-7)).finally(() => (print('c29') ?? Promise.resolve(later(0, 0n)).then(x => (print(`c30 ${show(x)}`) ?? later(1, [][3]))).then(x => print(`c31 ${show(x)}`), e => print(`c31! ${show(e)}`)).catch(e => (print(`c32 ${show(e)}`) ?? later(0, '12'))))).catch(e => (print(`c33 ${show(e)}`) ?? later(3, ('x,y,z' || null))))) + show(await '-0'));
  if (Object.fromEntries(new Map([]))?.b) {
    const v34 = clip(String(JSON.stringify(Array.from(new Set(['x,y,z'])), null, 1)).replaceAll('0x1f', '[$&]'));
    let v35 = clip(new Set([-1, true]));
  }
  print('task 0 step 1');
  await Promise.resolve((false ? 3 : '😀!'));
  print('task 0 step 2');
  print((typeof '0x1f') + show(await Promise.allSettled([E(target).slow(['0x1f', 255, true].at(1)), { then: (resolve, reject) => resolve(-0) }, E(target).bad(Infinity)])) + show(await true));
  return ['', 10, '12'][0];
};
task28().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task36 = async () => {
  print('task 1 step 0');
  print((0.1).toExponential(7) + show(await never(1, ({})?.a)) + show(await '-0'));
  for (let i37 = 0; i37 < 2; i37++) {
    tick();
    if ((!'a')) return Object.fromEntries(new Map([['null', 'null']]))?.[0];
    let v38 = clip(new Map([]));
  }
  print('task 1 step 1');
  await Promise.race([new Promise((resolve, reject) => reject((false ? -3n : null))), Promise.resolve(('12' || true))]);
  return ('null' ?? 255);
};
task36().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

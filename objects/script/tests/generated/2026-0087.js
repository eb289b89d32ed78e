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
  let i1 = 3;
  while (i1-- > 0) {
    tick();
    print(show(new Map([])));
    const f2 = function (a3, a4 = new Map([]).get('B'), ...r5) {
      tick();
      const f6 = function (a7, a8 = '-0', ...r9) {
        tick();
        return a8;
      };
      return (1n || 'é');
    };
  }
  print(show(Boolean((0.1 * 1e-7))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v10 = clip(new Map([[true, 'x,y,z']]));
  const f11 = function (a12, a13 = v10.get(null), ...r14) {
    tick();
    try {
      print(show(((p15 = 'a-b') => a13)(...[a13], ({})?.a)));
      let v16 = clip(((new Map([]).get(a13) < a13) && (a13 > ({})?.b)));
      switch ((1e-7 - 10)) {
        default: {
          const v17 = clip(a12);
          print(show(String(JSON.stringify(Object.assign({}, ({ b: null }), ({ a: 'é', ['B']: a12 }))))));
          const f18 = (a19, a20 = a12, ...r21) => {
            tick();
            return r14.at(0);
          };
        }
        case parseInt(''): {
          break;
        }
        case r14.at(2): {
          break;
        }
        case -1: {
        }
      }
    }
    finally {
      print('finally');
    }
    return a12;
  };
  print(show(`<${({ 1: 255, 0: 4294967296, b: 'B' })?.[0]}|${('B'.padStart(8, '-0') + new Map([]).get(1_000))}>`));
  print(`f11 ${show(f11)}`);
  print(`v10 ${show(v10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task22 = async () => {
  print('task 0 step 0');
  print('-0'.replace(/[a-z]+/g, (m, ...more) => `${m}${more.length}`) + show(await later(3, Infinity)) + show(await 0.1));
  const f23 = (a24, a25 = true, ...r26) => {
    tick();
    const f27 = (a28, a29 = [a25, a25].at(2), ...r30) => {
      tick();
      print(show(((p31 = '-0') => a29)(...[('null' || NaN)], BigInt.asUintN(16, 12345678901234567890n))));
      r30 = clip((typeof 1_000).split(/(\w)(\w)?/));
      let [d32, d33] = [a24, [a28, 'null'].at(3)];
      [d32, d33] = [d33, d32];
      print(show(((p35 = d33) => (((p36 = 1_000) => undefined)(...[0xff], null) || -3n))(...[(1e-7).toFixed(2)], d33)));
      return a29;
    };
    return a25;
  };
  print('task 0 step 1');
  print((typeof undefined) + show(await { then: (resolve, reject) => reject(true) }) + show(await 'é'));
  print('task 0 step 2');
  print(('null' + 0.1) + show(await later(3, new Map([[null, 0.1]]).get(true))) + show(await 255));
  return (null ?? '0x1f');
};
task22().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

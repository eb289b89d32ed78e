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
  function f1(a2, a3 = ({ ['']: true })?.[0], ...r4) {
    tick();
    let n6 = 0;
    l7: for (const [k8, x5] of new Map([])) {
      tick();
      if (++n6 > 6) break;
      const v9 = clip(new Set(Array.from(new Set(r4))));
      print(show(r4.pop()));
      print(show(r4));
      let v10 = clip(new Map([[a2, (' 7 ' ?? r4[0])], [k8, k8]]));
    }
    return ((true ? true : 7) ?? (false ? null : 2));
  }
  print(show((2 | ((+3) + (4294967296 + 1)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v11 = clip(('a' in ({ 1: 'B', key: [0xff, 4294967296].at(0) })));
  if (parseFloat('-0')) {
    const f12 = function (a13, a14 = (null ?? 'é'), ...r15) {
      tick();
      switch ((((p16 = '😀!') => a13)(7, a13) ?? '12')) {
        case Math.imul(Infinity, a13): {
          const v17 = clip(new Set('é'.toLowerCase().split(/\d+/)));
          print(show(r15.shift()));
        }
        default: {
        }
        case a13: {
        }
        case '0x1f': {
          break;
        }
      }
      return (('a-b' ?? '0x1f') && r15[3]);
    };
  }
  else {
  }
  print(show(String([-1, undefined, true].concat([undefined])[0])));
  print(`v11 ${show(v11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task18 = async () => {
  print('task 0 step 0');
  await { then: (resolve, reject) => reject(((p19 = undefined) => Infinity)('x,y,z', 2)) };
  await later(1, 2);
  if ((Math.ceil(7) < (+1e-7))) throw 0xff;
  switch (([][3] ?? 2)) {
    case (Infinity | 0).toString(6): {
      break;
    }
    case -3n: {
      break;
    }
    default: {
    }
    case `<${null}|${'-0'}>`: {
    }
  }
  return true;
};
task18().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip(String(JSON.stringify((String(JSON.stringify('null', null, 1)) + new Map([[3, true]]).get(1e21)), null, 1)));
  const v2 = clip('😀!');
  const f3 = (a4, a5 = -3n, ...r6) => {
    tick();
    const f7 = function (a8, a9 = ('' ?? undefined), ...r10) {
      tick();
      try {
        let v11 = clip(([2147483647].length + (~'0x1f'.length)));
        let v12 = clip(r6);
        const [d13 = (false ? a9 : 0), d14, ...d15] = r6;
        throw ('B' && '12');
      }
      finally {
        print('finally');
      }
      return a8;
    };
    return (-1 ^ NaN);
  };
  print(show([undefined, 'null'].slice(1, -1).join('null')));
  print(`f3 ${show(f3)}`);
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((!1) || (false || true))) throw ({})?.[0];
  let i16 = 0;
  do {
    tick();
    let n18 = 0;
    l19: for (const [k20, x17] of new Map([['', 7n], [null, (true ? '' : null)]])) {
      tick();
      if (++n18 > 6) break;
      const v21 = clip((BigInt(Math.min(Infinity, null) | 0) / BigInt.asUintN(16, (7n ^ -3n))));
      const v22 = clip(new Map([]));
      const v23 = clip((new Map([[k20, 1e-7], [x17, true]]).has('B') || ('a' in ({ key: 'null' }))));
    }
    for (let i24 = 0; i24 < 1; i24 += 1) {
      const f25 = (x = 1) => `${i24}${typeof x}`;
      tick();
    }
  } while (++i16 < 1);
  print(show(new Map(Object.entries(({ a: ('x,y,z' ?? Infinity), key: [-3n][3] })))));
  print(`i16 ${show(i16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const w27 = await Promise.all([Promise.resolve(later(2, 1.5)).catch(e => (print(`c26 ${show(e)}`) ?? later(1, -2.5)))]);
  print(show(w27));
  const { a: d28 = ((p31 = NaN) => 'x,y,z')(...[255n], 1n), [`k${'ey'}`]: d29, ...d30 } = ({ ...({ key: 4294967296, 0: null, b: 1e-7 }), ...({}) });
  print(show(({})));
  print(`d29 ${show(d29)}`);
  print(`d28 ${show(d28)}`);
  print(`d30 ${show(d30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    if (({ ...({ b: NaN, 0: undefined }), ...({ b: true, 0: null }) })?.[0]) {
      try {
        print(show([null].concat(['', -1]).flatMap((x, i) => [i, x]).join('x,y,z')));
        let v32 = clip((((!'12') ? (false ? -1 : NaN) : (1.5 - 0b101)) / Math.floor(('-0' / 0xff))));
        throw new RangeError((typeof null));
      }
      finally {
        print('finally');
        print(show(new Map([])));
        let [d33, d34] = [((p36 = -9007199254740993n) => 3)(), 'B'];
        [d33, d34] = [d34, d33];
      }
    }
    else {
    }
  }
  finally {
    print('finally');
  }
  print(show([]));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task37 = async () => {
  print('task 0 step 0');
  await Promise.resolve(7n);
  const f38 = function (a39, a40 = (-2.5 ?? undefined), ...r41) {
    tick();
    print(show(((p42 = null) => Math.max(2147483647, 'B'))()));
    const { a: d43 = a39, [`k${'ey'}`]: d44, ...d45 } = Object.fromEntries(new Map([]));
    return d45?.b;
  };
  return ({ 0: null, a: 1_000 })?.key;
};
task37().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task46 = async () => {
  print('task 1 step 0');
  print((false ? '0x1f' : 'B') + show(await never(3, ((p47 = 'null') => p47)('x,y,z', 'B'))) + show(await Infinity));
  const v48 = clip([10, 0n, 'B'].at(-2));
  try {
    const v49 = clip((' 7 ' + v48));
    const v50 = clip(new Set(v49.split('0x1f').concat(Object.values(({})))));
  }
  catch (e51) {
    print(`caught ${show(e51)} ${e51 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  return 7n;
};
task46().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

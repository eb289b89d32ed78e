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
  print(show(((p1 = 0) => (!1e-7))(((null && true) ?? new Map([[7n, 4294967296], [-2.5, null]]).get('😀!')), (4294967296 > 1.5))));
  try {
    if (new Map([[undefined, null], [0, '12']]).get(('x,y,z' || undefined))) {
      let v2 = clip([].concat([-1].concat([0.1, 'B', 4294967296]))[0]);
      let n4 = 0;
      l5: for (const x3 of (typeof (-0 && 7n))) {
        tick();
        if (++n4 > 6) break;
        let [d7, d8] = [(NaN && null), x3];
        [d7, d8] = [d8, d7];
        let v10 = clip(0n);
        const f11 = function (a12, a13 = (undefined ?? v2), ...r14) {
          tick();
          return [].at(3);
        };
      }
    }
  }
  finally {
    print('finally');
  }
  print(show(([].at(0) / ([].includes(12345678901234567890n) ? Math.min(2, undefined) : parseInt('é')))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  await Promise.race([E(target).slow((4294967296 ?? 'null')), E(target).echo(1)]);
  let v15 = clip(new Map(Object.entries(({}))));
  let i16 = 2;
  while (i16-- > 0) {
    tick();
    function f17(a18, a19 = [-2.5, null].at(-2), ...r20) {
      tick();
      const v21 = clip(new Set(r20));
      const v22 = clip(new Map([[-1, (!1)]]));
      return String(JSON.stringify(({ ['B']: 'B', b: a19, b: a18 }), ['a', 'key']));
    }
  }
  print(show(((p23 = 1) => ({ a: 2, key: p23 })?.b)((typeof ''), ((p24 = 3) => (false ? 'B' : p24))())));
  print(`i16 ${show(i16)}`);
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  const w27 = await later(0, ((p26 = undefined) => '')());
  print(show(w27));
  const f28 = (a29, a30 = (null ?? -0), ...r31) => {
    tick();
    function f32(a33, a34 = -3n, ...r35) {
      tick();
      const f36 = (a37, a38 = 'null', ...r39) => {
        tick();
        print(show(((p40 = null) => p40)(...[(new Map([[0.1, null], ['-0', 'a-b']]).get(0n) ?? [4294967296, a30, 'é'][1])], ((p41 = 'a-b') => -2.5)(-3n, a37))));
        const v42 = clip(a38);
        print(show(((p43 = -3n) => (new Map([[1, undefined], [null, 0]]).get(NaN) ?? new Map([['a', a38]]).get(a34)))()));
        function f44(a45, a46 = NaN, ...r47) {
          tick();
          return a33;
        }
        return (255n & 12345678901234567890n);
      };
      return f36(...[(0.1 && a30)], 'x,y,z');
    }
    return f32(({})?.b);
  };
  print('task 0 step 1');
  await Promise.resolve(new Promise(resolve => resolve(later(3, f28('B'))))).then(x => print(`c48 ${show(x)}`), e => print(`c48! ${show(e)}`)).then(x => (print(`c49 ${show(x)}`) ?? later(3, new Map([]).get(-0)))).catch(e => (print(`c50 ${show(e)}`) ?? Promise.allSettled([later(0, 7n)])));
  return (4294967296 ?? 'a-b');
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

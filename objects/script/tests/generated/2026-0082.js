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
  l2: while (i1-- > 0) {
    tick();
    let i3 = 3;
    l4: while (i3-- > 0) {
      tick();
      const f5 = (a6, a7 = new Map([[10, 2147483647], [12345678901234567890n, -3n]]).get(1e21), ...r8) => {
        tick();
        const v9 = clip(BigInt.asUintN(50, BigInt.asUintN(39, BigInt.asUintN(5, -3n))));
        return a6;
      };
    }
  }
  print(show(new Map(Object.entries(({ 0: [null].at(0) })))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f10 = (a11, a12 = (' 7 ' || 'x,y,z'), ...r13) => {
    tick();
    function f14(a15, a16 = a11, ...r17) {
      tick();
      print(show(r17.unshift(a16)));
      try {
        const [d18 = a16, d19, ...d20] = [].concat(r17).slice(0, 2);
        throw ({ a: 'null', 1: 7 })?.[0];
      }
      catch (e21) {
        print(`caught ${show(e21)} ${e21 instanceof TypeError}`);
      }
      return ((p22 = a11) => a16)(...[a15], a12);
    }
    return Number('12');
  };
  print(show(new Map([])));
  print(`f10 ${show(f10)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

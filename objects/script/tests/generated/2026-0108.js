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
  print(show((BigInt((1.5 % -0) | 0) & BigInt.asUintN(53, BigInt(1.5 | 0)))));
  let i1 = 0;
  do {
    tick();
    if ((((p2 = '') => p2)(...[NaN], 2147483647) ?? new Map([['0x1f', undefined]]).get(1e21))) {
      l4: for (let i3 = 0; i3 < 4; i3 += 2) {
        const f5 = (x = 1) => `${i3}${typeof x}`;
        tick();
        if (('key' in ({ key: undefined, 0: null, b: '-0' }))) break l4;
        print(show(f5(...[(1 + 0)], (({ b: 2147483647, a: '-0' })?.[1] && '😀!'))));
        const v6 = clip(Math.trunc(parseInt(`<${1e21}|${'a-b'}>`)));
      }
    }
    else {
    }
  } while (++i1 < 2);
  print(show(new Set(Object.values(({ ['']: '😀!', ['0x1f']: 7 })))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const f7 = (a8, a9 = 'a', ...r10) => {
      tick();
      let v11 = clip(new Map([]));
      if ((255 - 2147483647)) {
        const v12 = clip((+Math.min(Math.clz32(4294967296), v11.get(undefined))));
      }
      else {
      }
      return r10[3];
    };
  }
  catch (e13) {
    print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
  }
  print(show(Array.from(new Set([10])).filter(x14 => (x14 >= 'null') || x14 >= 7)[0]));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f15 = function (a16, a17 = 1e-7, ...r18) {
    tick();
    print(show(((p19 = 255) => 'a-b'.length)(a16)));
    print(show(((!false) ? ([7n, 0, a17].lastIndexOf(a17) * r18.length) : (('b' in ({ key: NaN, 1: 2 })) ? [].length : Math.abs(NaN)))));
    function f20(a21, a22 = a17, ...r23) {
      tick();
      return a22;
    }
    return r18.concat([]).at(3);
  };
  print(show((String(JSON.stringify([true, true], ['a', 'key'])).trimEnd() + `<${true}|${'12'}>`)));
  print(`f15 ${show(f15)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v24 = clip((Math.max(2147483647, 'null') || (new Map([[true, -1], [10, 'null']]).has(true) ? (undefined && true) : true)));
  let v25 = clip([undefined, v24, v24]);
  if ((v24 >= v24)) throw new TypeError('-0');
  const v26 = clip(new Set([v24, 7n]));
  print(show(({})?.b));
  print(`v26 ${show(v26)}`);
  print(`v25 ${show(v25)}`);
  print(`v24 ${show(v24)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

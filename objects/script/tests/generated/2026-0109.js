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
  const v1 = clip(new Map([['null', [null].length]]));
  const { a: d2 = ((p5 = undefined) => 'a-b')(...['a'], undefined), [`k${'ey'}`]: d3, ...d4 } = Object.fromEntries(v1);
  const w6 = await E(target).bad(new Map([]).get(3));
  print(show(w6));
  function f7(a8, a9 = d2, ...r10) {
    tick();
    const f11 = (a12, a13 = (1e21 ?? NaN), ...r14) => {
      tick();
      let v15 = clip(7n);
      return [a9, -9007199254740993n].flatMap((x, i) => [i, x])[1];
    };
    return (undefined / 255);
  }
  print(show((Math.min((- -0), d3) | 0).toString(12)));
  print(`f7 ${show(f7)}`);
  print(`d3 ${show(d3)}`);
  print(`d2 ${show(d2)}`);
  print(`d4 ${show(d4)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v16 = clip(((BigInt(10 | 0) + (7n ^ 1n)) * ((7n / 0n) - BigInt(1_000 | 0))));
  try {
    if (['0x1f', 255n, 7].filter(x17 => true || x17 < 4294967296).includes(new Map([[1e-7, null], [null, '0x1f']]).get('B'))) throw (null ?? 7n);
    switch ((1_000 ?? true)) {
      case 4294967296: {
        let v18 = clip(255n);
      }
      case (true ? 'a' : 'B'): {
        break;
      }
    }
    throw new TypeError(`<${true}|${'a-b'}>`);
  }
  catch (e19) {
    print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(`<${''.replace(/b*?/, '<$&$1>')}|${`<${new Map([[0xff, true], [0b101, undefined]]).get('')}|${String(1e-7)}>`}>`));
  print(`v16 ${show(v16)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  switch (Math.clz32(7)) {
    case (typeof undefined): {
      if (('b' in ({ 1: 0xff }))) throw new Error((true ? '😀!' : '0x1f'));
      let n21 = 0;
      for (const x20 of ((true ? 1e-7 : 3) | 0).toString(33)) {
        tick();
        if (++n21 > 6) break;
        print((2).toExponential(2) + show(await 0n) + show(await 'a'));
        print(show(((p23 = x20) => (!12345678901234567890n))(...[(/[a-z]+/.test('x,y,z') ? x20 : x20)], [x20, x20, 'B'].at(0))));
        const v24 = clip(new Map([]));
        const f25 = (a26, a27 = 'x,y,z', ...r28) => {
          tick();
          let [d29, d30] = [a26, '-0'];
          [d29, d30] = [d30, d29];
          return a26;
        };
      }
    }
  }
  print(show(({})));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (({})?.[1]) {
    switch (new Map(Object.entries(({ key: 1, b: '' }))).get(['x,y,z', true, 1.5].at(0))) {
      default: {
        if (((2147483647 < 12345678901234567890n) ? 4294967296 : ({ ['0x1f']: Infinity })?.[1])) {
          let v32 = clip(new Map([]));
          print(show(((p33 = ' 7 ') => p33)([1e21, null, -1].at(0), 0n)));
        }
        else {
        }
      }
      case 'a': {
        break;
      }
      case ('é' + 0xff): {
      }
    }
  }
  print(show(('a' in ({ 0: ({ 1: '-0', 0: '' })?.[0], 0: (12345678901234567890n ?? 0), key: -1 }))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

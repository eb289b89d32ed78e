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
  let n3 = 0;
  for (const x2 of [null, -0, true].map(x1 => (NaN ?? x1))) {
    tick();
    if (++n3 > 6) break;
    for (let i5 = 0; i5 < 2; i5 += 1) {
      tick();
      switch ('null'.padEnd(8, '12')) {
        case String(({ key: x2, ['0x1f']: 1e21 })): {
          const v6 = clip(`<${(1_000 ?? x2)}|${`<${'null'}|${'12'}>`}>`);
          print(String(JSON.stringify(({ 1: x2 }))) + show(await { then: (resolve, reject) => reject('a-b') }) + show(await true));
          const v7 = clip(([x2, null, v6].slice(-1, 1).at(1) >= (-1 / 3)));
          break;
        }
        case (+255): {
          if ((!(false ? 0n : 'a'))) throw new Error(String(JSON.stringify([1e21, true], ['a', 'key'])));
          let v8 = clip(`<${({ 1: undefined, a: -3n })?.[0]}|${String([])}>`.length);
        }
      }
      const v9 = clip(new Map([[x2, i5], [x2, ([1, x2].at(3) || 1e-7)]]));
    }
  }
  print(show(Math.abs((new Set([]).has(undefined) ? Math.round(3) : Math.trunc(3)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const f10 = (a11, a12 = [7].at(-2), ...r13) => {
      tick();
      function f14(a15, a16 = 255, ...r17) {
        tick();
        function f18(a19, a20 = ({ a: a11, 1: null })?.key, ...r21) {
          tick();
          let v22 = clip(({ 0: [a15].flatMap((x, i) => [i, x]).at(0), ['-0']: ((p23 = a16) => ({ ['é']: a11, a: 2147483647 })?.a)(...[a20], a20) }));
          let v24 = clip(new Map(Object.entries(v22)));
          switch (((undefined >= 0) ? a19 : a16)) {
            case `<${a16}|${'-0'}>`: {
              const f25 = (a26, a27 = 'x,y,z', ...r28) => {
                tick();
                const f29 = function (a30, a31 = -0, ...r32) {
                  tick();
                  return r17.includes('a-b');
                };
                return ({ ['é']: a26 })?.[1];
              };
              break;
            }
          }
          return a19;
        }
        return a11;
      }
      return a11;
    };
    throw new RangeError('B'.concat(-1));
  }
  catch (e33) {
    print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
  }
  print(show(({ 1: Object.fromEntries(new Map([]))?.key, 1: [null].map(x34 => 'a-b')[1] })));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task35 = async () => {
  print('task 0 step 0');
  await Promise.all([[1e-7, '0x1f', 0n][0]]);
  let v36 = clip((~(Number(' 7 ') ^ (true ? 1e-7 : 3))));
  if (/[a-z]+/.test(`<${'B'}|${'null'}>`)) return String(JSON.stringify(({ a: undefined }), ['a', 'key']));
  return ['a-b'].at(-1);
};
task35().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  print(`<${4294967296}|${'0x1f'}>` + show(await new Promise((resolve, reject) => reject('é'))) + show(await 'B'));
  print(show(Object.fromEntries(new Map([[undefined, ['😀!', 'a'][1]], [undefined, [].at(3)]]))));
  switch (Object.fromEntries(new Map([]))?.key) {
    case -1: {
      const v39 = clip((1e21 ^ ((1 | 0) | (~1_000))));
      if ((!new Map([]).get(true))) throw 2;
    }
  }
  return (2147483647 ?? true);
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

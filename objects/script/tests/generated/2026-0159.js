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
  let v1 = clip([...[1.5].toSorted(), ((255n === 'é') ? (false ? null : 'x,y,z') : ((p2 = null) => p2)(true))]);
  const v3 = clip(0.1);
  print(show((1n * BigInt((0 | -0) | 0))));
  print(`v3 ${show(v3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v4 = clip((-3n - BigInt((false ? 3 : 3) | 0)));
  switch ((NaN % 2147483647)) {
    case ({ 0: 'x,y,z' })?.key: {
      const { a: d5 = Infinity, [`k${'ey'}`]: d6, ...d7 } = ({ b: (7n ?? true), a: (1_000 ?? 'null') });
      if (d5) {
        if ((!(d6 && true))) throw (1e-7 ?? null);
        let v8 = clip([d6, d5].includes((true ? ' 7 ' : ' 7 ')));
        const v9 = clip(Number.isNaN((v8 ? new Map([]).get(7n) : d6)));
        const v10 = clip(new Set([...[d6, 'a-b'].toSorted(), 'a']));
        v8 = clip(new Set([]).has(((p11 = d5) => (p11 || p11))(((p12 = 1e-7) => d6)(...['a'], -3n), 'é')));
      }
      break;
    }
  }
  print(show([].slice(1, 2).concat([0xff]).join('null')));
  print(`v4 ${show(v4)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  await Promise.race([Promise.allSettled([later(2, '0x1f')])]);
  print(show([undefined].at(-2)));
  let v13 = clip([].concat([null]).join('x,y,z').split(/\s*,\s*/));
  print(show(Object.assign({}, ({ ...({ ['a-b']: 0b101 }), ...({ ...({ ['-0']: 'a-b', ['é']: null, 1: NaN }), ...({ 0: '😀!', a: Infinity, b: 7 }) }) }), ({}))));
  print(`v13 ${show(v13)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  print(show(((p14 = 'null') => p14)()));
  const v15 = clip(({}));
  let v16 = clip((((p17 = 1) => '12')(...[('a-b' && null)], '😀!') % (Math.max(-2.5, null) - 255)));
  if (('1' in v15)) throw 255n;
  let n19 = 0;
  l20: for (const x18 of [2].concat(['a', 0xff]).toSorted()) {
    tick();
    if (++n19 > 6) break;
    let v22 = clip(new Set([255n]));
  }
  print(show(new Map([[undefined, (undefined | 255)], [null, String(({ b: undefined, a: true, 0: 'a-b' }))]])));
  print(`v16 ${show(v16)}`);
  print(`v15 ${show(v15)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task23 = async () => {
  print('task 0 step 0');
  print((typeof '-0') + show(await later(3, 'a')) + show(await ' 7 '));
  try {
    let v24 = clip(({ b: (true ? 7 : -0), b: new Map([['B', 'a-b']]).get('') }));
    print(show(({})));
    print(show(((p25 = '😀!') => 'null'.substring(0, 1))(new Map([[undefined, true], [undefined, undefined]]).get(({ a: Infinity, ['-0']: true })?.key), ((p26 = true) => (4294967296 ?? undefined))('null'))));
  }
  catch (e27) {
    print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print('task 0 step 1');
  const w28 = await E(target).echo('null');
  print(show(w28));
  print('task 0 step 2');
  const w29 = await Infinity;
  print(show(w29));
  return 2;
};
task23().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

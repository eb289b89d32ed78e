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
  const v1 = clip(((Array.isArray(0n) && ('' < true)) ? ['null'].length : Math.sign((10 / -2.5))));
  const v2 = clip(Object.assign({}, ({}), ({ ...({ ...({ 0: 4294967296, 1: -9007199254740993n }), ...({ key: 0 }) }), ...({ a: null }) })));
  const f3 = (a4, a5 = (false ? true : 1.5), ...r6) => {
    tick();
    const v7 = clip(({ ...v2, ...Object.fromEntries(new Map([['a', null], [a5, a4]])) }));
    const f8 = function (a9, a10 = v1, ...r11) {
      tick();
      let v12 = clip(Array.from(' 7 ').concat([null, 'B'].map(x13 => null)).join('x,y,z'));
      r6 = clip([' 7 ', 12345678901234567890n]);
      return a9;
    };
    switch (a4) {
      case (-0).toExponential(5): {
        break;
      }
    }
    return new Map([[undefined, undefined]]).get((true ?? 1_000));
  };
  print(show(v1));
  print(`f3 ${show(f3)}`);
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(((p14 = '-0') => p14)()));
  const { a: d15 = (255n ?? Infinity), [`k${'ey'}`]: d16, ...d17 } = ({});
  function f18(a19, a20 = new Map([[d16, undefined], [undefined, d15]]).get(0xff), ...r21) {
    tick();
    if ((!(true || '-0'))) return (2147483647 ?? (false ? 'B' : d16));
    const [d22 = d16, d23, ...d24] = r21;
    print(show(((p25 = d15) => d16)((Boolean('x,y,z') ? new Map([]).get('a-b') : ({ ['B']: 2147483647, ['é']: '0x1f' })?.a))));
    return d22;
  }
  print(show(new Set([])));
  print(`f18 ${show(f18)}`);
  print(`d16 ${show(d16)}`);
  print(`d15 ${show(d15)}`);
  print(`d17 ${show(d17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v26 = clip((+([0].includes(-1) ? Number('-0') : ('x,y,z' | -0))));
  let v27 = clip(Object.values(({ ['a']: true })).join('😀!'));
  let v28 = clip(String(JSON.stringify('0x1f')));
  print(show(new Map([])));
  print(`v28 ${show(v28)}`);
  print(`v27 ${show(v27)}`);
  print(`v26 ${show(v26)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (/(\w)(\w)?/.test([2147483647, '12', '0x1f'].join(' 7 '))) throw '0x1f';
  function f29(a30, a31 = (1_000 && 3), ...r32) {
    tick();
    let i33 = 4;
    l34: while (i33-- > 0) {
      tick();
      try {
        print(show(((p35 = '12') => p35)(String(['😀!', -1]))));
        const { a: d36 = (1.5 ?? 1n), [`k${'ey'}`]: d37, ...d38 } = ({ key: ('12' && '0x1f'), 1: 2, key: a30 });
        throw new RangeError((NaN).toFixed(0));
      }
      catch (e39) {
        print(`caught ${show(e39)} ${e39 instanceof TypeError}`);
      }
    }
    return ' 7 '.concat(-3n);
  }
  print(show(new Map([['null', ('12' && ['x,y,z', '0x1f'].at(0))]])));
  print(`f29 ${show(f29)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task40 = async () => {
  print('task 0 step 0');
  print([].join('😀!') + show(await { then: (resolve, reject) => later(2, 'x,y,z').then(resolve) }) + show(await '-0'));
  let v41 = clip(new Map([[1.5, parseInt(' 7 ')], [10, (new Map([]).get('B') ?? 0)]]));
  let v42 = clip(((parseInt('') < ['B', '12', '12'].length) ? String([].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))) : (typeof 1_000)));
  const w43 = await Promise.any([later(1, (null || 0n))]);
  print(show(w43));
  const f44 = function (a45, a46 = (false ? true : null), ...r47) {
    tick();
    v42 = clip(`<${a46}|${v42.trimEnd()}>`);
    const f48 = function (a49, a50 = ((p52 = true) => a46)(null), ...r51) {
      tick();
      return Object.fromEntries(new Map([['B', a46]]))?.[0];
    };
    return (r47.at(-1) && a46);
  };
  return (true ?? null);
};
task40().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task53 = async () => {
  print('task 1 step 0');
  print(`<${'null'}|${'0x1f'}>` + show(await { then: (resolve, reject) => resolve(('a-b' || 'x,y,z')) }) + show(await 0));
  const v54 = clip(Math.max((Math.fround(1) % (4294967296 + 1_000)), '-0'));
  try {
    let v55 = clip((v54 / (v54 & (true ? 7 : 0.1))));
    let v56 = clip(Object.assign({}, Object.fromEntries(new Map([])), ({ ...({}), ...({ 1: true, a: 'é', key: 3 }) }))?.[0]);
    print((v55).toPrecision(4) + show(await new Promise(resolve => resolve(never(2, new Error('-0'.replace(/[^a]/i, '<$&$1>')))))) + show(await v56));
    if (((1.5 + 2) >= Infinity)) throw ({ b: null, ['null']: v56, b: undefined })?.[0];
  }
  catch (e57) {
    print(`caught ${show(e57)} ${e57 instanceof TypeError}`);
    let v58 = clip(new Map(Object.entries(({ a: (undefined ?? undefined), a: ' 7 ', key: [3, '', 3][0] }))));
  }
  finally {
    print('finally');
  }
  return '12';
};
task53().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task59 = async () => {
  print('task 2 step 0');
  const w60 = await Promise.resolve('x,y,z');
  print(show(w60));
  const v61 = clip(new Map([[255n, [...'x,y,z'].toReversed().join('')], [0b101, Object.assign({}, ({}), ({}))?.key]]));
  const v62 = clip((~(+10)));
  print('task 2 step 1');
  const w63 = await never(1, '-0');
  print(show(w63));
  const w65 = await Promise.all([E(target).echo(v62), Promise.any([later(2, ((p64 = v62) => 1.5)(-9007199254740993n)), later(1, v62)])]);
  print(show(w65));
  const v66 = clip(({ ['x,y,z']: v62 }));
  const f67 = (a68, a69 = v62, ...r70) => {
    tick();
    if ([null, a69].every(x71 => (a68 <= a68) || x71 < 7n)) throw false;
    return a68;
  };
  print('task 2 step 2');
  await (false ? v62 : v62);
  return v62;
};
task59().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

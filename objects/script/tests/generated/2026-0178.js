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
  let v1 = clip([null, 1_000, '12']);
  if (('b' in Object.fromEntries(new Map([])))) throw ((p2 = 2147483647) => undefined)(2147483647, '12');
  let n4 = 0;
  for (const [k5, x3] of new Map([])) {
    tick();
    if (++n4 > 6) break;
    switch ([...'a'].toReversed().join('')) {
      case (255 >> 1e-7): {
        function f6(a7, a8 = (null ?? k5), ...r9) {
          tick();
          let v10 = clip(BigInt((parseInt('x,y,z') + (false ? 0.1 : 7)) | 0));
          let v11 = clip((a8 < a8));
          return ('0x1f' && a7);
        }
      }
    }
  }
  print(show(new Map([[true, (false ? 0b101 : 1e-7)]])));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v12 = clip(Object.fromEntries(new Map([[true, null], ['😀!', 0]]))?.a);
  for (let i13 = 0; i13 < 4; i13++) {
    tick();
    let n15 = 0;
    l16: for (const [k17, x14] of new Map(Object.entries(Object.fromEntries(new Map([['a-b', 'é']]))))) {
      tick();
      if (++n15 > 6) break;
      print(show(((p18 = x14) => v12)(x14)));
      if (k17) {
        const f19 = (a20, a21 = true, ...r22) => {
          tick();
          const v23 = clip(r22.map(x24 => a20));
          return k17;
        };
      }
      else {
      }
    }
  }
  print(show((((typeof '') + (undefined || v12)) + `<${undefined}|${'null'}>`)));
  print(`v12 ${show(v12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  await new Promise((resolve, reject) => reject(({ ['']: 7, a: 'é' })?.a));
  switch (((p26 = '12') => (3 ?? ' 7 '))(...['-0'], 2147483647)) {
    case (false ? 1_000 : -1): {
      let v27 = clip(([7n].lastIndexOf('null') <= ((p28 = 1e-7) => (p28 ?? 0xff))()));
      function f29(a30, a31 = '-0', ...r32) {
        tick();
        return (({})?.[0] ?? (v27 ? '-0' : '😀!'));
      }
      break;
    }
  }
  print('task 0 step 1');
  print((-2.5 | 0).toString(4) + show(await Promise.resolve({ then: (resolve, reject) => resolve(true) }).finally(() => (print('c33') ?? Promise.resolve(later(1, [1n, -0][3])).catch(e => (print(`c34 ${show(e)}`) ?? later(2, (false ? 4294967296 : true)))).catch(e => (print(`c35 ${show(e)}`) ?? later(2, ('a-b' || 1)))))).then(x => print(`c36 ${show(x)}`), e => print(`c36! ${show(e)}`))) + show(await ' 7 '));
  print('task 0 step 2');
  print((-0).toPrecision(1) + show(await never(2, -3n)) + show(await -9007199254740993n));
  return ({ 1: true })?.a;
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  const w41 = await Promise.allSettled([later(0, new Map([[null, 'x,y,z'], [1n, true]]).get(null)), Promise.resolve(later(2, 'null')).catch(e => (print(`c38 ${show(e)}`) ?? later(3, ('😀!' && 0xff)))).then(x => print(`c39 ${show(x)}`), e => print(`c39! ${show(e)}`)).then(x => (print(`c40 ${show(x)}`) ?? later(0, Infinity)))]);
  print(show(w41));
  print(show([...['a', undefined], (false ? true : 1n)].slice(0, 3)));
  const [d42 = ({ a: '', [' 7 ']: -0 })?.[1], d43, ...d44] = [...['😀!', 1n].map(x45 => null), 'a-b'];
  return d42;
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task46 = async () => {
  print('task 2 step 0');
  const w47 = await Promise.allSettled([never(1, new SyntaxError(('😀!' + 1.5))), never(3, new Error((-2.5).toFixed(7)))]);
  print(show(w47));
  function f48(a49, a50 = '12', ...r51) {
    tick();
    const f52 = function (a53, a54 = a49, ...r55) {
      tick();
      print(show([a53, 1n].slice(0, -1).join('')));
      print(show((0n + BigInt((false ? Infinity : 2147483647) | 0))));
      return ({ ...({ 1: a50, a: 'null' }), ...({ a: '12' }) })?.a;
    };
    return a50;
  }
  print('task 2 step 1');
  print([null, 255, 1].join('') + show(await Promise.race([{ then: (resolve, reject) => later(2, 'a-b').then(resolve) }, later(0, 'é'), new Promise(resolve => resolve(later(1, 'a')))])) + show(await 0.1));
  print('task 2 step 2');
  print((false ? 'é' : '😀!') + show(await Promise.allSettled([Promise.resolve(later(3, (10 ?? true))).finally(() => (print('c56') ?? later(1, 'é'))), E(target).bad(({ 1: 0, 1: 2147483647 })?.[1])])) + show(await ' 7 '));
  return f48(' 7 ');
};
task46().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

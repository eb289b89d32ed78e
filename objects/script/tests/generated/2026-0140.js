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
  if (/^x|y$/.test(String(null))) throw new SyntaxError((false ? 'a-b' : ''));
  const f1 = function (a2, a3 = 255, ...r4) {
    tick();
    const f5 = function (a6, a7 = r4.at(-2), ...r8) {
      tick();
      r8 = clip(r4);
      const v9 = clip([...r8, a7]);
      try {
        let v10 = clip(new Map(Object.entries(({}))));
        throw a2;
      }
      catch (e11) {
        print(`caught ${show(e11)} ${e11 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return a6;
    };
    return r4[0];
  };
  print(show(new Set(Array.from(new Set(['x,y,z', 0xff, -1])))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let [d12, d13] = [new Map([]).get(1n), new Map([]).get('null')];
  [d12, d13] = [d13, d12];
  if ((' 7 ' * -0)) {
    if (isNaN((true ? 1e-7 : 0.1))) throw new TypeError((true ? 'null' : ' 7 '));
    let n16 = 0;
    for (const [k17, x15] of new Map([])) {
      tick();
      if (++n16 > 6) break;
      print(show(((p18 = 255n) => Object.fromEntries(new Map([[d12, ' 7 ']]))?.key)()));
      const v19 = clip(new Map([['é', d13], [true, (false ? 'a-b' : 'a-b')]]));
      try {
        const v20 = clip(k17);
        const v21 = clip(BigInt(1e21 | 0));
      }
      finally {
        print('finally');
      }
    }
  }
  else {
  }
  print(show((((p22 = 0xff) => 'a')(d13, d12) !== d12)));
  print(`d13 ${show(d13)}`);
  print(`d12 ${show(d12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const [d23 = (false ? 1_000 : null), d24, ...d25] = [null].slice(-1, 0).flatMap((x, i) => [i, x]);
  const v26 = clip(Object.fromEntries(new Map([[d24, (true ?? d24)], ['B', d24]])));
  print(show(d25.pop()));
  print(show(/\s*,\s*/.test('x,y,z')));
  print(`v26 ${show(v26)}`);
  print(`d24 ${show(d24)}`);
  print(`d23 ${show(d23)}`);
  print(`d25 ${show(d25)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if ('B'.padEnd(5, '-0')) {
    let v27 = clip((((true ? Infinity : NaN) >= (1e-7 + 1_000)) ? (- [].indexOf('a-b')) : Math.imul((0.1 - NaN), new Map([[0xff, 7]]).get('x,y,z'))));
    let n29 = 0;
    for (const [k30, x28] of new Map([[1e21, '-0']])) {
      tick();
      if (++n29 > 6) break;
      await Promise.resolve(k30);
      const v31 = clip(new Set([0xff]));
    }
  }
  else {
  }
  print(show(new Set(Array.from(new Set([]))).has(new Map([[null, null]]).get(({ 0: 1_000 })?.key))));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task32 = async () => {
  print('task 0 step 0');
  print(String(({})) + show(await E(target).bad(({ 1: -3n, b: '-0', ['B']: null })?.key)) + show(await 0));
  let n34 = 0;
  for (const x33 of new Set([4294967296, 'null', -2.5].flatMap((x, i) => [i, x]))) {
    tick();
    if (++n34 > 6) break;
    let v36 = clip(new Map([]));
    print(show(((p37 = x33) => [].join('null'))()));
  }
  await Promise.resolve(Promise.resolve((false ? true : undefined))).then(x => (print(`c38 ${show(x)}`) ?? E(target).echo((' 7 ' && 255n)))).then(x => (print(`c39 ${show(x)}`) ?? ({ then: (resolve, reject) => reject(('😀!' ?? '')) }))).finally(() => (print('c40') ?? Promise.resolve(later(0, (false ? 'B' : 0xff))).then(x => (print(`c41 ${show(x)}`) ?? later(2, [2, -3n, -3n].at(1))))));
  print('task 0 step 1');
  print(String(JSON.stringify(-2.5, ['a', 'key'])) + show(await Promise.allSettled([Promise.resolve(2), later(3, (true ? null : '😀!'))])) + show(await 10));
  if ('0x1f') {
    let v42 = clip(['a', undefined].flatMap((x, i) => [i, x]).join('😀!'));
  }
  else {
  }
  print('task 0 step 2');
  await Promise.resolve(255);
  return '😀!';
};
task32().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task43 = async () => {
  print('task 1 step 0');
  const w48 = await Promise.race([Promise.race([later(1, -3n), later(1, true)]), Promise.resolve(later(2, 'B')).then(x => print(`c44 ${show(x)}`), e => print(`c44! ${show(e)}`)).then(x => (print(`c45 ${show(x)}`) ?? later(3, ((p46 = 0n) => p46)(...[undefined], null)))).catch(e => (print(`c47 ${show(e)}`) ?? later(0, '-0')))]);
  print(show(w48));
  try {
    const v49 = clip([].length);
    let v50 = clip(v49);
    throw new TypeError('null');
  }
  catch (e51) {
    print(`caught ${show(e51)} ${e51 instanceof TypeError}`);
    let v52 = clip(new Map(Object.entries(Object.assign({}, ({ 0: 'B', 0: NaN, 1: null }), ({})))).get(((p53 = 0b101) => p53)()));
    if (([7, undefined, v52].includes('é') && ('b' in ({ a: NaN, b: v52, a: true })))) throw 0xff;
    let v55 = clip(new Map([[true, ((p56 = v52) => ({ key: '', a: p56, a: v52 })?.[0])(v52, v52)], [v52, Object.fromEntries(new Map([[4294967296, v52]]))?.key]]));
    const f57 = (a58, a59 = v55.get(v52), ...r60) => {
      tick();
      return (new Map([[a59, 'B']]).has(v52) ? (a58 && true) : ({ b: 0.1, 1: a59, b: NaN })?.a);
    };
  }
  print('task 1 step 1');
  print(String(JSON.stringify([1e-7, undefined, undefined])) + show(await never(1, NaN)) + show(await -3n));
  print('task 1 step 2');
  const w61 = await never(0, new TypeError((-0).toPrecision(4)));
  print(show(w61));
  return true;
};
task43().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task62 = async () => {
  print('task 2 step 0');
  await later(1, ['0x1f'][2]);
  const v63 = clip(1e21);
  if (('B' > (0n || '0x1f'))) return String(JSON.stringify([-9007199254740993n, 'é', ''], null, 1));
  if ((true && false)) {
    const v64 = clip(new Map([[undefined, (new Map([]).get('-0') && ('0x1f' ?? ''))]]));
    const v65 = clip(new Set([...[undefined, '12'].filter(x66 => false || x66 >= 0.1), v63]));
    function f67(a68, a69 = [true].at(-2), ...r70) {
      tick();
      print(show(((p71 = -3n) => (((p72 = -2.5) => Infinity)() ?? v64.get('null')))(...[v63], v63)));
      return a68;
    }
  }
  print('task 2 step 1');
  await new Promise(resolve => resolve(E(target).slow(('x,y,z' && undefined))));
  return ((p73 = 10) => ' 7 ')(undefined, 'a-b');
};
task62().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

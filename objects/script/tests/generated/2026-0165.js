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
  if (([][0] || -9007199254740993n)) {
    try {
      function f1(a2, a3 = new Map([['null', 'é'], [255, 1e-7]]).get('B'), ...r4) {
        tick();
        if (r4.at(0)) {
          const v5 = clip(BigInt(parseInt(`<${NaN}|${'é'}>`) | 0));
          r4 = clip(r4);
        }
        return (true ? -0 : 1e-7);
      }
      throw new Error(`<${'null'}|${'null'}>`);
    }
    finally {
      print('finally');
    }
  }
  else {
  }
  print(show(String((true !== '0x1f'))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  await Promise.any([Promise.resolve(later(3, 1.5)).catch(e => (print(`c6 ${show(e)}`) ?? later(1, -2.5))).then(x => print(`c7 ${show(x)}`), e => print(`c7! ${show(e)}`))]);
  const f9 = (a10, a11 = (-9007199254740993n || '-0'), ...r12) => {
    tick();
    const v13 = clip(('key' in ({ ...({ 1: a11, a: a10 }), ...({}) })));
    const f14 = function (a15, a16 = ((p18 = 'B') => Infinity)(a10), ...r17) {
      tick();
      const f19 = function (a20, a21 = ' 7 ', ...r22) {
        tick();
        r17 = clip([...[a15].filter(x23 => v13 || x23 === 0.1), a11].toSorted());
        if (Number.isNaN(2147483647)) throw (true ? 0.1 : ' 7 ');
        return parseInt('0x1f');
      };
      return ('' + a16);
    };
    return a11;
  };
  print(show(new Map([[null, f9((true ? '12' : true))], ['x,y,z', (true ? 'B' : '0x1f')]])));
  print(`f9 ${show(f9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task24 = async () => {
  print('task 0 step 0');
  const w26 = await Promise.allSettled([2147483647, Promise.any([later(0, true), later(3, ((p25 = '0x1f') => p25)())])]);
  print(show(w26));
  function f27(a28, a29 = [255n, true, 1.5][1], ...r30) {
    tick();
    const v31 = clip(a29);
    const v32 = clip(new Map(Object.entries(({ ...Object.assign({}, ({ ['12']: true, ['']: 255n }), ({})), ...({}) }))));
    const f33 = function (a34, a35 = a28, ...r36) {
      tick();
      return a35;
    };
    return a28;
  }
  print('task 0 step 1');
  await Promise.any([Promise.all([later(1, [-2.5, true].at(1)), later(3, [undefined, ' 7 ', null].at(1))]), E(target).bad(0n)]);
  return ({ a: undefined })?.a;
};
task24().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  const w38 = await never(2, true);
  print(show(w38));
  let v39 = clip(BigInt(((false ? -2.5 : 7) / [true, ''].indexOf(0)) | 0));
  let n41 = 0;
  for (const x40 of new Set([...['null'], NaN])) {
    tick();
    if (++n41 > 6) break;
    let v43 = clip(new Map([[x40, '😀!']]));
  }
  print('task 1 step 1');
  await E(target).slow(('0x1f' || 0.1));
  return (false ? undefined : '0x1f');
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task44 = async () => {
  print('task 2 step 0');
  print(('a-b' + '-0') + show(await Promise.race([never(3, (undefined ?? true)), Promise.any([later(2, ('' && NaN)), later(2, -2.5), later(1, (null && 0xff))]), Promise.resolve(later(1, 2)).then(x => print(`c46 ${show(x)}`), e => print(`c46! ${show(e)}`)).catch(e => (print(`c48 ${show(e)}`) ?? later(3, (true ?? 7n))))])) + show(await undefined));
  let n50 = 0;
  for (const x49 of [NaN, 2147483647, 1n]) {
    tick();
    if (++n50 > 6) break;
    print(show(Object.assign({}, Object.assign({}, Object.assign({}, ({ a: true }), ({ 1: x49 })), ({ key: 7, 0: '-0', key: 'null' })), ({ key: x49, 0: [x49][0], b: -3n }))));
    const v52 = clip(`<${Math.abs(-2.5)}|${(typeof '😀!').substring(0, 4)}>`);
  }
  print('task 2 step 1');
  print('😀!' + show(await later(2, ((p53 = 1) => 2147483647)(...[-9007199254740993n], 0n))) + show(await 'a'));
  print('task 2 step 2');
  print(`<${'a'}|${'B'}>` + show(await later(2, 'B')) + show(await 'a-b'));
  return Infinity;
};
task44().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

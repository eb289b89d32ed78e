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
  print(show(((p1 = NaN) => p1)()));
  let v2 = clip(' 7 '.split('12').toReversed().map(x3 => new Map([[undefined, 0n]]).get('-0')));
  let v4 = clip(Array.from(new Set(v2)));
  let i5 = 3;
  l6: while (i5-- > 0) {
    tick();
    const f7 = function (a8, a9 = 0xff, ...r10) {
      tick();
      return (NaN & Infinity);
    };
  }
  print(show(({ ...({ 0: (undefined && '😀!') }), ...({ 0: (true ? true : '😀!'), 0: ((p11 = undefined) => 1)(...['x,y,z'], undefined) }) })));
  print(`i5 ${show(i5)}`);
  print(`v4 ${show(v4)}`);
  print(`v2 ${show(v2)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let v12 = clip(Math.min(Math.max((-2.5 - -0), '-0'), (!undefined)));
  let [d13, d14] = [v12, 1.5];
  [d13, d14] = [d14, d13];
  print(show(BigInt(v12 | 0)));
  let v16 = clip(new Map([]));
  print(show((((v12 << -2.5) >> (+-0)) === Math.sign('é'.length))));
  print(`v16 ${show(v16)}`);
  print(`d14 ${show(d14)}`);
  print(`d13 ${show(d13)}`);
  print(`v12 ${show(v12)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    const v17 = clip(new Set(Object.keys(({ key: -0 }))));
    let n19 = 0;
    for (const x18 of `<${new Map([[0n, '0x1f']]).get('0x1f')}|${'null'}>`) {
      tick();
      if (++n19 > 6) break;
      let v21 = clip(12345678901234567890n);
      let i22 = 0;
      do {
        tick();
        let v23 = clip((x18 ?? Object.assign({}, ({ b: 10 }), ({}))?.[0]));
        const v24 = clip(({ ...Object.assign({}, ({ ['é']: null }), ({ 1: NaN, b: x18 })), ...Object.assign({}, ({ ...({ 0: ' 7 ' }), ...({ a: x18 }) }), ({ a: -3n, 1: x18, 0: 'x,y,z' })) }));
        const v25 = clip(BigInt(['é'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).length | 0));
        const v26 = clip(new Map([[-1, v23]]));
      } while (++i22 < 4);
    }
  }
  catch (e27) {
    print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
  }
  print(show(((Math.min(1, 0.1) % (4294967296 - 1e-7))).toExponential(3)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task28 = async () => {
  print('task 0 step 0');
  await later(3, (0.1 ?? -2.5));
  print(('a-b' + -3n) + show(await Promise.resolve(Promise.race([later(3, ((p29 = undefined) => 0)(-3n))])).finally(() => (print('c30') ?? later(1, new Map([['', -3n], ['a-b', undefined]]).get(true)))).finally(() => (print('c31') ?? Promise.resolve(later(0, 4294967296)).catch(e => (print(`c32 ${show(e)}`) ?? later(2, '12'))))).then(x => (print(`c33 ${show(x)}`) ?? Promise.resolve(later(2, ({})?.[0])).then(x => (print(`c34 ${show(x)}`) ?? later(0, (-1 ?? 1e21)))).finally(() => (print('c35') ?? later(0, ({ a: 1.5, ['']: null })?.a))).then(x => (print(`c36 ${show(x)}`) ?? later(2, ((p37 = 'é') => undefined)())))))) + show(await 1e21));
  let v38 = clip((7n ^ BigInt.asUintN(37, -9007199254740993n)));
  return v38;
};
task28().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task39 = async () => {
  print('task 1 step 0');
  const w40 = await new Promise((resolve, reject) => reject(new Map([['null', true]]).get(0xff)));
  print(show(w40));
  const v41 = clip((0n % -9007199254740993n));
  const { a: d42 = false, [`k${'ey'}`]: d43, ...d44 } = ({ ['12']: true, key: ({})?.b, key: (false ? -3n : 'x,y,z') });
  switch (`<${''}|${'-0'}>`) {
    case (false ? d43 : null): {
      print(show(new Map(Object.entries(({ ...({ ['0x1f']: undefined, 1: d43 }), ...d44 })))));
      break;
    }
    case d44?.b: {
      break;
    }
    case Math.fround(2147483647): {
    }
  }
  print('task 1 step 1');
  print(`<${'😀!'}|${'0x1f'}>` + show(await Promise.resolve(d42)) + show(await null));
  return d44?.b;
};
task39().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

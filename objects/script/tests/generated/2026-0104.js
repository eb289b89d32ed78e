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
  for (let i1 = 0; i1 < 2; i1 += 1) {
    tick();
    let [d2, d3] = [-9007199254740993n, (1n ?? 1_000)];
    [d2, d3] = [d3, d2];
    let v5 = clip(({}));
  }
  function f6(a7, a8 = 2147483647, ...r9) {
    tick();
    const f10 = (a11, a12 = ('é' || a8), ...r13) => {
      tick();
      print(show(({ ['0x1f']: a8, a: a8, a: a11 })));
      const { a: d14 = a8, [`k${'ey'}`]: d15, ...d16 } = ({ ...({ ...({ key: a12 }), ...({}) }), ...({ 0: '12', 1: '😀!', 0: '😀!' }) });
      const { a: d17 = a7, [`k${'ey'}`]: d18, ...d19 } = ({ key: d14, b: d16?.b, a: ('😀!' ?? ' 7 ') });
      return d15;
    };
    if (new Map(Object.entries(({ key: 255 }))).get(a7)) {
    }
    else {
    }
    return a7;
  }
  print(show(7));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let [d20, d21] = [2, 255n];
  [d20, d21] = [d21, d20];
  const f23 = (a24, a25 = d21, ...r26) => {
    tick();
    switch ((true ? -2.5 : 1.5)) {
      case ('null' && 'a'): {
        const { a: d27 = NaN, [`k${'ey'}`]: d28, ...d29 } = Object.fromEntries(new Map([['x,y,z', null]]));
      }
    }
    return (/\d+/.test('0x1f') ? d20 : d21);
  };
  print(show(new Set([2147483647, 'é'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).flatMap((x, i) => [i, x]))));
  print(`f23 ${show(f23)}`);
  print(`d21 ${show(d21)}`);
  print(`d20 ${show(d20)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const v30 = clip([...[true].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).slice(-1, -1), ((-2.5 >= 7) ? 4294967296 : ('' ?? undefined))]);
  print(show(((p31 = 0.1) => new Map(Object.entries(({ key: 1.5, a: p31, ['12']: p31 }))).get([true, p31, 0n][2]))(...[({ 1: '12' })?.key], (255).toFixed(2))));
  print(show(new Set(v30)));
  print(`v30 ${show(v30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let v32 = clip(/(\w)(\w)?/.test((new Map([[2, null]]).has('😀!') ? String(JSON.stringify(' 7 ', null, 1)) : (-0).toPrecision(1))));
  try {
    let n34 = 0;
    for (const x33 of String(JSON.stringify(['12', undefined], null, 1))) {
      tick();
      if (++n34 > 6) break;
      print(show(((p36 = 7) => p36)(...[[undefined, x33].flatMap((x, i) => [i, x]).at(1)], (x33 && x33))));
      print(show((typeof ((p37 = true) => p37)((1 ?? x33)))));
      v32 = clip(((x33 ?? -1) > (('b' in ({ a: 'é' })) ? 'a-b' : 0xff)));
      function f38(a39, a40 = new Map([]).get(x33), ...r41) {
        tick();
        const { a: d42 = x33, [`k${'ey'}`]: d43, ...d44 } = Object.assign({}, Object.assign({}, ({}), ({ key: 7 })), ({ a: a39, key: null, ['12']: a39 }));
        return ((-0 >= 4294967296) ? d42 : d42);
      }
    }
  }
  catch (e45) {
    print(`caught ${show(e45)} ${e45 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(Number.isNaN((Infinity ^ 2))));
  print(`v32 ${show(v32)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task46 = async () => {
  print('task 0 step 0');
  print('-0' + show(await E(target).slow((false ? 7 : 3))) + show(await undefined));
  if ((false ?? '')) {
    let v47 = clip(new Set([2147483647, -2.5]));
    if ((!'0x1f')) return `<${null}|${'a'}>`;
    print(show([null, null, true]));
    if (('b' in Object.fromEntries(new Map([])))) throw new Error(`<${true}|${'x,y,z'}>`);
  }
  return ' 7 ';
};
task46().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task48 = async () => {
  print('task 1 step 0');
  print(String([]) + show(await Promise.resolve(1e-7)) + show(await 1n));
  switch (((true === 7n) ? false : (255n ?? '-0'))) {
    case (false ? '0x1f' : 'a-b'): {
      print(show([...Array.from('x,y,z'), new Map([[7n, 7]]).get('a-b')].length));
      let v49 = clip(Array.from('B'));
      print(show((('key' in ({ b: true })) ? Math.trunc(NaN) : 4294967296)));
      print(show(v49.push(((p50 = null) => (true ? p50 : 'é'))(...[v49[2]], ((p51 = 0.1) => true)()))));
    }
    case ({})?.[0]: {
      let v52 = clip(BigInt(1e-7 | 0));
      const v53 = clip(isNaN(['a'].at(0)));
    }
  }
  print('task 1 step 1');
  print(`<${0b101}|${'é'}>` + show(await Promise.resolve('B').finally(() => (print('c54') ?? E(target).echo(1e-7))).finally(() => (print('c55') ?? Promise.allSettled([later(3, ((p56 = ' 7 ') => 'a')(1e21)), later(3, [0, null, true].at(2)), later(0, 0b101)])))) + show(await 0));
  return 0b101;
};
task48().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task57 = async () => {
  print('task 2 step 0');
  print((false ? 'null' : 'null') + show(await later(2, false)) + show(await 0));
  try {
    print(show((new Set([]).has(((p58 = 0b101) => 12345678901234567890n)('B')) ? `<${'😀!'}|${String(['😀!', '12', true])}>` : String(JSON.stringify(4294967296, null, 1)))));
    let v59 = clip((!Math.trunc(1)));
    let v60 = clip(new Set([...[true, -9007199254740993n, 'a-b'].concat([0xff]), (v59 ? null : true)]));
    let v61 = clip((Math.round((- 255))).toPrecision(6));
    const w63 = await Promise.resolve(later(0, new Map([]).get(null))).catch(e => (print(`c62 ${show(e)}`) ?? new Promise(resolve => resolve(later(2, 'é')))));
    print(show(w63));
  }
  finally {
    print('finally');
    let v64 = clip(({ 1: ((p65 = 1) => ({ b: 1_000, key: 'B', b: 'a' })?.[1])(((p66 = null) => ' 7 ')(2, null)) }));
  }
  print('task 2 step 1');
  print('-0'.slice(0) + show(await Promise.resolve(Promise.allSettled([later(1, '-0'), later(0, new Map([[true, 1n]]).get(0n))])).then(x => print(`c67 ${show(x)}`), e => print(`c67! ${show(e)}`)).catch(e => (print(`c68 ${show(e)}`) ?? Promise.resolve(later(2, (false ? ' 7 ' : '😀!'))).then(x => (print(`c69 ${show(x)}`) ?? later(2, 1.5))).finally(() => (print('c70') ?? later(2, ((p71 = 3) => p71)(...[12345678901234567890n], '-0'))))))) + show(await -9007199254740993n));
  print('task 2 step 2');
  await E(target).slow((undefined ?? true));
  return ({ 0: 4294967296, b: 255 })?.[0];
};
task57().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

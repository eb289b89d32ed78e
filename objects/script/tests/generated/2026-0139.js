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
  try {
    let n2 = 0;
    for (const x1 of new Set([1_000])) {
      tick();
      if (++n2 > 6) break;
      let v4 = clip(([undefined, null].toReversed().every(x5 => (true && false) || x5 < 10) ? ([255n].join('x,y,z') + 0) : ((1_000 & 255)).toPrecision(1)));
      try {
      }
      catch (e6) {
        print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
  }
  catch (e7) {
    print(`caught ${show(e7)} ${e7 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(Math.sqrt((true ? 'é' : 'null').length)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    let v8 = clip(String(JSON.stringify([7n].map(x9 => '0x1f'), null, 1)).repeat(1));
    const f10 = function (a11, a12 = -1, ...r13) {
      tick();
      let n15 = 0;
      l16: for (const x14 of new Set([a11, 0.1, true])) {
        tick();
        if (++n15 > 6) break;
        r13 = clip(r13.filter(x18 => (' 7 ' > 'a') || x18 >= 255));
        print(show(((Number.isInteger(null) || new Map([[-3n, x14]]).has(null)) ? ((x14 >= -2.5) ? Math.imul(255, undefined) : Math.abs(1)) : parseInt(v8))));
        const v19 = clip(new Map(Object.entries(({ 0: undefined }))).has(a12));
      }
      return a11;
    };
  }
  catch (e20) {
    print(`caught ${show(e20)} ${e20 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((((10 >= 0.1) || /[a-z]+/.test('a')) ? parseInt(String(JSON.stringify([], ['a', 'key']))) : ((0.1 / 0b101) >>> (- 0b101)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let [d21, d22] = ['12', new Map([[3, undefined], ['12', 'B']]).get(true)];
  [d21, d22] = [d22, d21];
  let v24 = clip((new Map([[d21, 0xff]]).get('é') | -1));
  print(show((!Array.from(new Set([7, d21, 1])).at(2))));
  print(`v24 ${show(v24)}`);
  print(`d22 ${show(d22)}`);
  print(`d21 ${show(d21)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task25 = async () => {
  print('task 0 step 0');
  await Promise.any([never(1, new TypeError(`<${'a'}|${'é'}>`)), E(target).slow(1e21)]);
  if ((!({})?.a)) throw (' 7 ' ?? undefined);
  if (((false ? 3 : 'B') ?? 255n)) {
    print((false ? '😀!' : 'é') + show(await Promise.all([('' && 'é'), later(3, '😀!'), later(0, ('a-b' ?? undefined))])) + show(await 3));
    let v26 = clip(new Map(Object.entries(({ 0: [0b101, undefined, 1n][2] }))));
    v26 = clip(new Map([[true, -3n], ['a-b', (0xff === 0n)]]));
  }
  const v27 = clip(({ a: new Map([[null, '-0']]).get('B') }));
  print('task 0 step 1');
  print(`<${'x,y,z'}|${'a-b'}>` + show(await Promise.resolve(E(target).bad(0b101)).finally(() => (print('c28') ?? Promise.all([later(0, true), later(3, new Map([]).get('null')), later(1, ((p29 = 'B') => 2147483647)())]))).then(x => (print(`c30 ${show(x)}`) ?? Promise.any([later(1, ((p31 = 10) => 2)(...['😀!'], 1)), later(3, 1e-7), later(3, (false ? -9007199254740993n : undefined))]))).finally(() => (print('c32') ?? E(target).echo(v27?.a)))) + show(await true));
  print('task 0 step 2');
  await Promise.resolve(Promise.resolve(later(2, ((p33 = 0n) => p33)())).then(x => print(`c34 ${show(x)}`), e => print(`c34! ${show(e)}`)).catch(e => (print(`c36 ${show(e)}`) ?? later(1, ('-0' || undefined))))).finally(() => (print('c37') ?? E(target).echo(12345678901234567890n)));
  return (false ? true : true);
};
task25().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let [d1, d2] = [new Map([]).get(' 7 '), (false ? 2 : null)];
  [d1, d2] = [d2, d1];
  print(show(new Set([null])));
  let [d4, d5] = [d2, ''];
  [d4, d5] = [d5, d4];
  const f7 = function (a8, a9 = d2, ...r10) {
    tick();
    switch ('a-b'.split(/b*?/).at(-2)) {
      default: {
        print(show(r10.push(a8)));
        r10 = clip(Object.values(({})));
        switch (`<${2}|${'null'}>`) {
          case 'B'.length: {
            if (r10.some(x11 => (true !== d1) || x11 < -1)) throw new SyntaxError('😀!'.toUpperCase());
          }
        }
      }
      case (typeof a9): {
        break;
      }
      case `<${a9}|${''}>`: {
        break;
      }
      case '12': {
      }
    }
    return a8;
  };
  print(show(new Set(Array.from('0x1f'.padEnd(3, 'é')))));
  print(`f7 ${show(f7)}`);
  print(`d5 ${show(d5)}`);
  print(`d4 ${show(d4)}`);
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let n13 = 0;
  for (const x12 of String(4294967296)) {
    tick();
    if (++n13 > 6) break;
    let v15 = clip(Object.fromEntries(new Map([[x12, x12]])));
    const v16 = clip([1e-7, 4294967296].map(x17 => x12));
    print(show(v16.shift()));
  }
  const v18 = clip(/\d+/.test(((-2.5 + 4294967296) | 0).toString(21)));
  const { a: d19 = new Map([[0.1, 1e21]]).get(undefined), [`k${'ey'}`]: d20, ...d21 } = Object.fromEntries(new Map([[2, '😀!']]));
  print(show(['-0', d19, 1e21].toReversed().map(x22 => d20).concat(['B', '12'])));
  print(`d20 ${show(d20)}`);
  print(`d19 ${show(d19)}`);
  print(`d21 ${show(d21)}`);
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(((p23 = 7n) => (typeof p23))((new Set([]).has('') ? '0x1f' : (undefined ?? true)))));
  const v24 = clip(['B', 255n, true].join('12').replace(/^x|y$/g, (m, ...more) => `${m}${more.length}`));
  await Promise.all([(true ? ' 7 ' : 7n), Promise.resolve(later(2, true)).finally(() => (print('c25') ?? later(0, ({})?.a))).then(x => (print(`c26 ${show(x)}`) ?? later(0, 255))).catch(e => (print(`c27 ${show(e)}`) ?? later(0, (1 ?? null))))]);
  print(show(new Set((typeof '0x1f').split(/^x|y$/))));
  print(`v24 ${show(v24)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    const f28 = function (a29, a30 = 'null', ...r31) {
      tick();
      const [d32 = '', d33, ...d34] = r31.flatMap((x, i) => [i, x]).map(x35 => a30);
      const v36 = clip(new Set(Array.from(new Set([a29, 0xff, a29])).concat(Array.from('0x1f'))));
      try {
        print(show(d34.sort()));
        if ((a30 === 2)) throw (d33 && undefined);
      }
      finally {
        print('finally');
      }
      return ('0x1f' || a29);
    };
  }
  catch (e37) {
    print(`caught ${show(e37)} ${e37 instanceof TypeError}`);
  }
  print(show(({})));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task38 = async () => {
  print('task 0 step 0');
  const w42 = await new Promise((resolve, reject) => reject(((p39 = -0) => 10)('😀!', 1.5)));
  print(show(w42));
  let i43 = 0;
  do {
    tick();
    await '-0';
    if (isNaN((1_000 || 1))) continue;
    print([1_000].join('😀!') + show(await E(target).slow(((p44 = 'null') => p44)())) + show(await 7));
  } while (++i43 < 2);
  print('task 0 step 1');
  await (true ? null : 12345678901234567890n);
  print('task 0 step 2');
  const w46 = await Promise.resolve(Promise.all([later(1, (-9007199254740993n ?? undefined)), later(0, 'x,y,z')])).then(x => print(`c45 ${show(x)}`), e => print(`c45! ${show(e)}`));
  print(show(w46));
  return new Map([]).get(-0);
};
task38().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task47 = async () => {
  print('task 1 step 0');
  const w50 = await Promise.all([('0x1f' ?? undefined), new Promise((resolve, reject) => reject(255n)), Promise.resolve(later(1, new Map([]).get(null))).finally(() => (print('c48') ?? later(3, ((p49 = Infinity) => '12')(null))))]);
  print(show(w50));
  const [d51 = true, d52, ...d53] = '12'.split(/b*?/).toSorted();
  let [d54, d55] = ['x,y,z', (true ? undefined : d51)];
  [d54, d55] = [d55, d54];
  if (d54) {
    let v57 = clip(('key' in Object.assign({}, ({ 0: d54, b: 0b101 }), Object.fromEntries(new Map([['', 'é']])))));
    print(show(d53.pop()));
    let v58 = clip(parseInt(`<${'😀!'}|${('a-b' + 'null')}>`));
  }
  print(show((typeof (d52 && 1_000))));
  return d55;
};
task47().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task59 = async () => {
  print('task 2 step 0');
  print(('x,y,z' + 3) + show(await Promise.resolve(-1)) + show(await 0.1));
  print(show([undefined]));
  if (Object.fromEntries(new Map([['a-b', -1], [0b101, undefined]]))?.[1]) {
    const v60 = clip([true, 12345678901234567890n, 'é'].concat([].toReversed()).map(x61 => new Map([[4294967296, true]]).get('😀!')));
    print(show([0.1, -3n, null].concat(Object.keys(({ key: '-0', a: -2.5, a: 2147483647 }))).slice(1, 1)));
  }
  else {
  }
  return ('0x1f' ?? ' 7 ');
};
task59().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  print(show(((p1 = null) => p1)(({ 0: undefined, a: null, ['null']: 'null' })?.key, ((p2 = '12') => (null && p2))(0))));
  if (('1' in ({ key: 'é' }))) throw new Error(`<${'a-b'}|${'😀!'}>`);
  try {
    let i3 = 2;
    l4: while (i3-- > 0) {
      tick();
      switch (new Map([[undefined, -1]]).get('null')) {
        default: {
          let v5 = clip([null]);
          let v6 = clip(new Map([['', new Map([[0b101, ' 7 ']]).get(' 7 ')]]).get(({ a: 0xff, 1: 'x,y,z' })?.[0]));
          print(show(v5.fill(v6, 1)));
        }
        case 'null': {
          break;
        }
        case ((p7 = '') => 'a-b')(): {
          break;
        }
        case (0b101).toPrecision(3): {
          break;
        }
      }
    }
    throw ['😀!', 'é', '😀!'].at(-2);
  }
  catch (e8) {
    print(`caught ${show(e8)} ${e8 instanceof TypeError}`);
  }
  print(show((7n % (BigInt.asUintN(16, 1n) * (255n ^ -9007199254740993n)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i9 = 0;
  do {
    tick();
    print(''.replace(/(\w)(\w)?/g, (m, ...more) => `${m}${more.length}`) + show(await later(0, (2147483647 || 12345678901234567890n))) + show(await null));
    let v10 = clip(({}));
    const f11 = function (a12, a13 = (0n || undefined), ...r14) {
      tick();
      return (undefined / NaN);
    };
  } while (++i9 < 1);
  print(show('x,y,z'.trimEnd()));
  print(`i9 ${show(i9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ((1_000 / 4294967296)) {
    function f15(a16, a17 = 1e21, ...r18) {
      tick();
      let v19 = clip(a17);
      const f20 = (a21, a22 = ((p24 = 'a-b') => v19)('-0'), ...r23) => {
        tick();
        const f25 = function (a26, a27 = a22, ...r28) {
          tick();
          print(show(((p29 = 'a-b') => a16)(a17)));
          return ({ 0: a16, key: a22, ['😀!']: v19 })?.a;
        };
        return f25();
      };
      return ((v19 ?? undefined) ?? a17);
    }
  }
  else {
  }
  print(show(-9007199254740993n));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task30 = async () => {
  print('task 0 step 0');
  await later(0, ((p31 = 1e21) => p31)(...[-3n], 0xff));
  function f32(a33, a34 = 255, ...r35) {
    tick();
    for (let i36 = 0; i36 < 1; i36 += 2) {
      tick();
      let [d37, d38] = [a34, false];
      [d37, d38] = [d38, d37];
      print(show(((p40 = 255) => ((p41 = a34) => (true ? d38 : d37))(...[d37], (true ? true : true)))(...[new Map([[d38, 2]]).get(-3n)], d38)));
      const f42 = (a43, a44 = i36, ...r45) => {
        tick();
        return (3 && d37);
      };
    }
    return ''.charAt(1);
  }
  print('task 0 step 1');
  print('a-b' + show(await Promise.resolve((true ? 1.5 : 255))) + show(await true));
  print('task 0 step 2');
  await new Promise(resolve => resolve(never(0, [true, true, true][0])));
  return ('a-b' ?? null);
};
task30().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task46 = async () => {
  print('task 1 step 0');
  const w50 = await new Promise(resolve => resolve(Promise.resolve(later(2, [-9007199254740993n, ''][0])).then(x => (print(`c47 ${show(x)}`) ?? later(2, 1n))).then(x => (print(`c48 ${show(x)}`) ?? later(3, ({ key: 2 })?.b))).finally(() => (print('c49') ?? later(1, new Map([]).get(undefined))))));
  print(show(w50));
  switch ('12'.padEnd(0, 'a')) {
    case new Map([]).get(-9007199254740993n): {
      if (('key' in Object.assign({}, ({ 0: '', b: 3, ['x,y,z']: -2.5 }), ({ key: 'a-b' })))) throw new TypeError('-0'.repeat(1));
      const w51 = await Promise.any([Promise.resolve((false ? 'a-b' : true)), [12345678901234567890n].at(-1)]);
      print(show(w51));
      break;
    }
    case (~-2.5): {
    }
    case (-2.5 * 1.5): {
    }
  }
  return ['12', NaN, 0.1][2];
};
task46().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

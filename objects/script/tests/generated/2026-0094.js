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
    print(show(((p1 = undefined) => ((true && false) ? 'a' : 'a-b'))(...[String(JSON.stringify(-0))], ((false ? 0b101 : 255n) && ((p2 = '') => p2)(...[undefined], '😀!')))));
    if ([0b101, 0n, 1n].toSorted()[2]) {
      if (Number('a-b')) {
      }
      else {
      }
    }
    throw false;
  }
  catch (e3) {
    print(`caught ${show(e3)} ${e3 instanceof TypeError}`);
  }
  print(show([...['0x1f', true, true].toReversed(), 12345678901234567890n].slice(1, 2)));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  switch (`<${null}|${' 7 '}>`) {
    case [1e21, true, -9007199254740993n].length: {
      let v4 = clip(new Map(Object.entries(({ 0: ({ ['0x1f']: 'a-b', b: true, a: 1e-7 })?.key, b: false }))));
      if (Math.imul(1.5, -9007199254740993n)) {
        let v5 = clip(new Set(['B', null].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0))));
        let v6 = clip(['x,y,z'].toSorted().map(x7 => ({ a: 0n, ['null']: undefined })?.key).map(x8 => new Map([[-1, x8]]).get((Infinity || 1))));
      }
      else {
        try {
          print(show(((p9 = undefined) => (0).toExponential(0))()));
          const v10 = clip((('' > ((p11 = undefined) => 7n)('0x1f')) ? Object.keys(({})).lastIndexOf(({ a: 0.1, key: 'é', key: -9007199254740993n })?.a) : (- (true | 0.1))));
        }
        finally {
          print('finally');
        }
      }
    }
    default: {
    }
    case (true ? 'x,y,z' : ''): {
      break;
    }
    case Math.min(255, ' 7 '): {
      break;
    }
  }
  print(show(new Map([])));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    try {
      const f12 = function (a13, a14 = (-2.5 || null), ...r15) {
        tick();
        let v16 = clip(new Map(Object.entries(({}))));
        print(show(r15.push((/[^a]/i.test(' 7 ') ? 'a' : 7))));
        if (/b*?/.test((typeof a13))) throw a13;
        v16 = clip(new Map([['x,y,z', (/(\w)(\w)?/.test('😀!') ? a13 : a13)]]));
        return ((p17 = a14) => a13)(false, ((p18 = 4294967296) => p18)(true, a14));
      };
      print(show(f12(parseFloat('0x1f'), (('a' <= null) ? (undefined || 4294967296) : 1))));
      throw f12('', 'x,y,z');
    }
    catch (e19) {
      print(`caught ${show(e19)} ${e19 instanceof TypeError}`);
    }
  }
  finally {
    print('finally');
  }
  print(show((((1_000 === NaN) ? 'x,y,z' : '12') || ({ 1: '', 0: 2, a: undefined })?.key)));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  await never(0, new RangeError(String(true)));
  const v21 = clip(['-0'].concat([]).concat([null, null].map(x22 => x22)).join('a-b'));
  print(('é' + -9007199254740993n) + show(await never(2, [][0])) + show(await 'a-b'));
  print(show(((p23 = NaN) => p23)((typeof 'x,y,z'), new Map(Object.entries(({ 0: '-0', a: ' 7 ', key: '12' }))).get((1_000 || undefined)))));
  print('task 0 step 1');
  print((typeof 1) + show(await new Promise(resolve => resolve(new Promise(resolve => resolve(later(1, v21)))))) + show(await '0x1f'));
  let i24 = 0;
  do {
    tick();
    let v25 = clip((-3n ?? ({ a: '😀!' })?.[0]));
    await Promise.race([later(3, new Map([[v25, true]]).get(v25))]);
  } while (++i24 < 3);
  return 'x,y,z';
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

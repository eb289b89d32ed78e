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
    const v1 = clip(new Set(['-0'].map(x2 => 'a').flatMap((x, i) => [i, x])));
    if ('-0'.length) {
      function f3(a4, a5 = ((p7 = 1.5) => NaN)('0x1f'), ...r6) {
        tick();
        print(show(new Map([[' 7 ', ((p8 = true) => -2.5)(({ 1: 'a-b', 0: a5 })?.a, a4)], ['a', a4]])));
        if (Number.isInteger(a4)) return a5;
        let v9 = clip(r6.toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).slice(-1, 2).map(x10 => new Map([[x10, ' 7 '], [null, 1]]).get(a5)));
        return a5;
      }
    }
    else {
    }
    throw new SyntaxError(('0x1f' + 10));
  }
  finally {
    print('finally');
  }
  print(show((Array.isArray(-3n) ? 7 : (1.5 | (NaN & 4294967296)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i11 = 4;
  while (i11-- > 0) {
    tick();
    const v12 = clip((new Map([[' 7 ', true], [null, null]]).has(true) ? (false ? ' 7 ' : '-0') : (-2.5).toPrecision(11)).split('12'));
    switch (Math.sign(2)) {
      case ((p13 = ' 7 ') => 0.1)(): {
        let v14 = clip(new Map([['é', (1n % 255n)]]));
        break;
      }
      default: {
      }
      case Infinity: {
      }
      case (typeof 1e-7): {
      }
    }
  }
  print(show(i11));
  print(`i11 ${show(i11)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task15 = async () => {
  print('task 0 step 0');
  await ({ ['12']: ' 7 ' })?.a;
  const f16 = function (a17, a18 = 0n, ...r19) {
    tick();
    const f20 = function (a21, a22 = a17, ...r23) {
      tick();
      const [d24 = (-1 || a21), d25, ...d26] = [a17, a21].toReversed().toSorted();
      if ((({ ['a-b']: '', key: null, b: undefined })?.b < new Map([['B', 3], [d24, 255n]]).get(d24))) throw (255 ?? '12');
      const v27 = clip(r23.join('a-b').trimEnd());
      return Math.trunc(0xff);
    };
    let n29 = 0;
    l30: for (const x28 of (Number('a-b') | 0).toString(27)) {
      tick();
      if (++n29 > 6) break;
      let v32 = clip(Object.keys(({ a: 4294967296 })).length);
    }
    return a17;
  };
  return false;
};
task15().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task33 = async () => {
  print('task 1 step 0');
  await later(0, 1);
  const f34 = function (a35, a36 = ['a-b', 0b101].at(2), ...r37) {
    tick();
    a35 ||= clip((0 ^ 1e-7));
    let v38 = clip(r37);
    function f39(a40, a41 = (0.1 && a35), ...r42) {
      tick();
      const v43 = clip(new Map([[a35, a36], [0.1, new Map(Object.entries(({}))).get((a41 ?? a40))]]));
      return new Map([]).get((false ? 2147483647 : 'a'));
    }
    return String(JSON.stringify(({})));
  };
  print('task 1 step 1');
  const w44 = await (1.5 ?? true);
  print(show(w44));
  print('task 1 step 2');
  await later(3, 'a');
  return ({ ['12']: 255n })?.[0];
};
task33().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task45 = async () => {
  print('task 2 step 0');
  const w46 = await never(3, false);
  print(show(w46));
  if (((4294967296 >= Infinity) || ('0' in ({ 1: 'x,y,z', key: 1.5, 1: 'x,y,z' })))) throw new Map([['é', -0], [-2.5, 1.5]]).get('B');
  let n48 = 0;
  l49: for (const x47 of [null, 'é']) {
    tick();
    if (++n48 > 6) break;
    const v51 = clip(Array.from('x,y,z'));
  }
  print('task 2 step 1');
  const w52 = await { then: (resolve, reject) => reject([undefined, '', 0n].at(-2)) };
  print(show(w52));
  return '-0';
};
task45().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

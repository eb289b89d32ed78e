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
  const v1 = clip(new Map(Object.entries(({ ...({}), ...({ b: 3 }) }))).get(BigInt.asUintN(59, 7n)));
  const v2 = clip(String(JSON.stringify([0xff].filter(x3 => false || x3 !== ''), null, 1)).length);
  const v4 = clip([null, 1e21, 0.1].join('a-b'));
  if (Array.isArray((false ? -2.5 : v1))) throw new TypeError(v4);
  print(show(`<${(1e21).toFixed(7)}|${String(v1)}>`));
  print(`v4 ${show(v4)}`);
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const [d5 = ({ 1: 1.5 })?.a, d6, ...d7] = [undefined];
  try {
    let n9 = 0;
    for (const x8 of String(JSON.stringify('é', ['a', 'key']))) {
      tick();
      if (++n9 > 6) break;
      let v11 = clip(parseFloat(([].join('é') + (true ? 'null' : d5))));
      const v12 = clip(/\d+/.test(((true ? 'é' : '12') + d6)));
    }
    await 1.5;
  }
  catch (e13) {
    print(`caught ${show(e13)} ${e13 instanceof TypeError}`);
  }
  print(show(((true ? '0x1f' : 'null').substring(-1, 0) + '-0'.charAt(5))));
  print(`d6 ${show(d6)}`);
  print(`d5 ${show(d5)}`);
  print(`d7 ${show(d7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task14 = async () => {
  print('task 0 step 0');
  const w15 = await later(2, '-0');
  print(show(w15));
  switch (((3 === 3) ? 1.5 : ((p16 = 1n) => p16)())) {
    default: {
      print(show(BigInt(1 | 0)));
      let v17 = clip('B'.split('null').slice(0, 3).toSorted());
    }
    case parseFloat('x,y,z'): {
      if ([true].concat([-0]).every(x18 => [].includes(x18) || x18 >= null)) throw new TypeError('-0'.replace(/[a-z]+/, '<$&$1>'));
      print(show((BigInt.asUintN(19, BigInt(0.1 | 0)) ^ BigInt((0 * 255) | 0))));
      break;
    }
    case (typeof 0b101): {
      break;
    }
    case -0: {
    }
  }
  return [7, null, 0n][1];
};
task14().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task19 = async () => {
  print('task 1 step 0');
  print('0x1f'.substring(2, 2) + show(await Promise.resolve(Promise.resolve((null || null))).then(x => (print(`c20 ${show(x)}`) ?? never(1, new SyntaxError(`<${'a'}|${'é'}>`))))) + show(await 'B'));
  let v21 = clip('null');
  v21 = clip((v21 && v21));
  print('task 1 step 1');
  const w22 = await Promise.all([new Promise((resolve, reject) => reject((false ? '12' : v21)))]);
  print(show(w22));
  switch ((+1e21)) {
    default: {
      let v23 = clip(new Set([null].slice(1, 2).flatMap((x, i) => [i, x])));
      print(show(((p24 = '😀!') => new Map([[p24, null]]).get(0n))()));
    }
    case [].indexOf(v21): {
      const f25 = function (a26, a27 = new Map([[v21, '-0'], [1e-7, v21]]).get('a'), ...r28) {
        tick();
        const f29 = (a30, a31 = v21, ...r32) => {
          tick();
          return ((1e-7 >= 1.5) ? (1e-7 || a31) : '12');
        };
        return v21;
      };
      break;
    }
    case ['😀!'][3]: {
      break;
    }
  }
  print('task 1 step 2');
  print(('😀!' + undefined) + show(await Promise.resolve(v21).then(x => (print(`c33 ${show(x)}`) ?? E(target).echo(v21)))) + show(await 1e-7));
  return v21;
};
task19().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

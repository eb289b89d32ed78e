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
    try {
      let v1 = clip(new Set([...[null, '0x1f', null].filter(x2 => false || x2 !== 'a'), false]));
      switch (Number('')) {
        default: {
        }
        case (+-1): {
          break;
        }
        case '0x1f'.replaceAll('-0', '[$&]'): {
        }
        case 'B': {
          break;
        }
      }
      throw 'é';
    }
    catch (e3) {
      print(`caught ${show(e3)} ${e3 instanceof TypeError}`);
    }
  }
  catch (e4) {
    print(`caught ${show(e4)} ${e4 instanceof TypeError}`);
  }
  print(show((+[1, 2147483647].lastIndexOf(12345678901234567890n))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if ((true > false)) throw new Map([[true, ' 7 ']]).get(undefined);
  const [d5 = 7n, d6, ...d7] = Object.values(({ 1: 1n, key: true, a: -3n })).filter(x8 => /(\w)(\w)?/.test('12') || x8 === -9007199254740993n);
  if (parseFloat('a-b')) {
    for (let i9 = 0; i9 < 4; i9++) {
      tick();
      const [d10 = ((p13 = 'null') => undefined)(...[d5], d6), d11, ...d12] = Array.from(new Set(d7));
      print(show(((p14 = d11) => ({ 1: p14, b: null })?.b)(((p15 = undefined) => 7n)(...[(null && 'null')], new Map([[undefined, d10], [0, -0]]).get(null)), d12.map(x16 => 255).at(2))));
      if (d10) {
        print(show(((p17 = Infinity) => p17)(...[Object.assign({}, ({ key: d11, b: 1e21 }), ({ b: undefined, a: 'B' }))?.key], [d10, Infinity, '12'].join('B'))));
      }
    }
  }
  print(show(7n));
  print(`d6 ${show(d6)}`);
  print(`d5 ${show(d5)}`);
  print(`d7 ${show(d7)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v18 = clip([true, null].toReversed());
  if (new Map([]).has((255 ?? '0x1f'))) throw new Error(('a-b' + true));
  v18 = clip(v18.flatMap((x, i) => [i, x]).filter(x19 => /[a-z]+/.test('12') || x19 < 1n));
  switch ('x,y,z'.split(' 7 ').at(0)) {
    case (-0 >>> Infinity): {
    }
    default: {
    }
    case Math.max(255, true): {
    }
    case String(JSON.stringify([4294967296, 12345678901234567890n], null, 1)): {
      break;
    }
  }
  print(show(({ b: (true ? 'B' : ' 7 '), a: ((true || true) ? new Map([[true, 0n]]).get(-3n) : ('null' && '')) })));
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    let [d20, d21] = ['a-b', (0xff && 0)];
    [d20, d21] = [d21, d20];
    if (((!d21) ? ['a', d20, '-0'][0] : 3)) {
      let n24 = 0;
      for (const x23 of ((false || false) ? ['é', d20, d20].join('12') : (4294967296).toFixed(7))) {
        tick();
        if (++n24 > 6) break;
        let v26 = clip(new Set(Array.from(new Set([1.5, d20, d20]))));
        print(show(v26.delete((true ? 0.1 : 1_000))));
        print(show(BigInt.asUintN(2, BigInt.asUintN(11, BigInt.asUintN(22, -3n)))));
      }
    }
    throw new Error('a'.repeat(3));
  }
  finally {
    print('finally');
  }
  print(show(new Map([])));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task27 = async () => {
  print('task 0 step 0');
  const w28 = await Promise.race([later(1, '12'), later(2, (false ? 1n : 0xff))]);
  print(show(w28));
  function f29(a30, a31 = false, ...r32) {
    tick();
    print(show(((p33 = 2) => (- -2.5))(a31)));
    function f34(a35, a36 = a31, ...r37) {
      tick();
      print(show(((p38 = -0) => a30)((true ? 'B' : 'x,y,z'))));
      return a30;
    }
    return new Map([['é', 'B']]).has(a30);
  }
  return (0 && 1);
};
task27().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task39 = async () => {
  print('task 1 step 0');
  print(String(({})) + show(await never(3, ((p40 = undefined) => 1n)())) + show(await ''));
  print(`<${true}|${'0x1f'}>` + show(await E(target).slow((false ? 'B' : 'null'))) + show(await -1));
  const v41 = clip(parseFloat(`<${[].at(0)}|${'0x1f'.slice(1)}>`));
  const v42 = clip(new Set([]));
  print('task 1 step 1');
  const w43 = await Promise.resolve(true);
  print(show(w43));
  print('task 1 step 2');
  print((false ? '' : 'a') + show(await Promise.resolve('null')) + show(await undefined));
  return ((p44 = undefined) => 10)(1);
};
task39().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task45 = async () => {
  print('task 2 step 0');
  print('B'.padEnd(8, '0x1f') + show(await Promise.resolve([][3])) + show(await '12'));
  const v46 = clip(((Array.isArray(-9007199254740993n) || (false || false)) && /\s*,\s*/.test((true ? 'null' : 'B'))));
  if ((({})?.b <= -1)) throw new Map([]).get(1);
  const f47 = (a48, a49 = 1e-7, ...r50) => {
    tick();
    const [d51 = ({ key: 'é', 1: 10 })?.a, d52, ...d53] = Object.values(({}));
    const [d54 = ((p57 = 12345678901234567890n) => ' 7 ')(...[a48], null), d55, ...d56] = r50.slice(-1, 1).map(x58 => -3n);
    return d56.join('null');
  };
  print('task 2 step 1');
  await Promise.all([Promise.allSettled([later(3, ({})?.[1])]), Promise.resolve(({ 1: null, b: null, a: null })?.a)]);
  print('task 2 step 2');
  const w59 = await Promise.all([Promise.allSettled([later(3, ('😀!' ?? 255)), later(1, (undefined && '12'))]), later(1, new Map([[-1, 1.5]]).get(null))]);
  print(show(w59));
  return ({ 0: 'null', key: 10 })?.key;
};
task45().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

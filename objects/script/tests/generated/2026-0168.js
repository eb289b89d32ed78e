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
    for (const x1 of (/[a-z]+/.test('a-b') ? `<${'😀!'}|${'é'}>` : `<${1}|${'😀!'}>`)) {
      tick();
      if (++n2 > 6) break;
      const v4 = clip('a'.split('B').toReversed().findIndex(x5 => ('B' < x5) || x5 < undefined));
      if (((-1 || x1) > 7n)) break;
    }
    throw 1e21;
  }
  catch (e6) {
    print(`caught ${show(e6)} ${e6 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show((((0n - 1n) % (7n % 0n)) + (BigInt.asUintN(3, 255n) % (-9007199254740993n % 0n)))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    const v7 = clip([NaN, 'B', true]);
    if ((-1 >= 0b101)) {
      print(show(new Set(v7)));
      const f8 = function (a9, a10 = (7n ?? 'a-b'), ...r11) {
        tick();
        print(show(((p12 = true) => ([p12, true].some(x13 => true || x13 !== a9) ? a10 : ((p14 = undefined) => 'a')()))(...[('x,y,z' + a9)], (true || r11.at(1)))));
        if (((a9 ?? 0b101) >= a9)) return ((p15 = 0.1) => ['0x1f', p15, 10][0])();
        const v17 = clip((((true ? -2.5 : Infinity) >>> (7 % 1e21)) / '0x1f'.length));
        const { a: d18 = a9, [`k${'ey'}`]: d19, ...d20 } = ({ a: a9, 1: a10, b: ('-0' ?? 2147483647) });
        return a9;
      };
    }
    else {
    }
  }
  finally {
    print('finally');
  }
  print(show(((p21 = 1) => (p21 ?? 2))(Math.min(NaN, 'a-b'), (true ? 1 : 1))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v22 = clip(({ 0: (-9007199254740993n - -9007199254740993n), a: ('' ?? ((p23 = 'null') => true)(...[undefined], 10)), ['null']: ['0x1f', 12345678901234567890n][0] }));
  let n25 = 0;
  for (const x24 of [].join('a')) {
    tick();
    if (++n25 > 6) break;
    let v27 = clip((typeof 0n).substring(0, 1).repeat(2));
    print(show(((p28 = x24) => v22?.b)(Number('a'))));
  }
  let n31 = 0;
  l32: for (const x30 of String(JSON.stringify(1.5))) {
    tick();
    if (++n31 > 6) break;
    let v34 = clip(/a/.test(`<${((p35 = undefined) => x30)()}|${`<${4294967296}|${'B'}>`}>`));
    switch (x30) {
      case (-9007199254740993n % -2.5): {
        await later(0, new Map([]).get('a-b'));
      }
    }
  }
  print(show(new Set([...[], null].map(x36 => (x36 && x36)))));
  print(`v22 ${show(v22)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  function f37(a38, a39 = ['a-b'][1], ...r40) {
    tick();
    let n42 = 0;
    l43: for (const x41 of [null, 10].toSorted().slice(0, -1)) {
      tick();
      if (++n42 > 6) break;
      let v45 = clip(((a39 > (undefined ?? 10)) ? `<${({ 1: a38 })?.[0]}|${[].join('a')}>` : String(JSON.stringify(Math.sqrt(4294967296), ['a', 'key']))));
      const v46 = clip(Object.assign({}, ({ ...({ ['😀!']: '', key: 0, b: 'a' }), ...({ 1: true, key: a39 }) }), Object.assign({}, ({ ...({ 0: '', 1: a38, 1: 1n }), ...({ key: x41 }) }), Object.fromEntries(new Map([[0, 1n]])))));
      a38 = clip(a38);
    }
    try {
      print(show((a38 < -9007199254740993n)));
      const [d47 = new Map([[-1, ' 7 ']]).get(0xff), d48, ...d49] = r40;
      throw (false ? 'a' : true);
    }
    finally {
      print('finally');
    }
    return ((!a38) ? ' 7 ' : ((p50 = a38) => undefined)(a38));
  }
  print(show(({ b: new Map([['0x1f', '']]).get('-0') })));
  print(`f37 ${show(f37)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  print(('-0' + undefined) + show(await new Map([]).get('12')) + show(await null));
  let v52 = clip('é'.split(/[^a]/i).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).slice(1, 3));
  try {
    print(show(((p53 = 'B') => (((p54 = p53) => '😀!')(p53) || p53))(...[(true && false)], (false ? 'B' : ' 7 '))));
    throw new Map([[0b101, 0xff], [undefined, 0.1]]).get(null);
  }
  finally {
    print('finally');
  }
  return 'a-b';
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

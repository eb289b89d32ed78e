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
    for (const x1 of new Set([].flatMap((x, i) => [i, x]))) {
      tick();
      if (++n2 > 6) break;
      switch (new Map([[null, '-0']]).get(({ a: 1e21, b: x1 })?.a)) {
        case Math.clz32(0xff): {
          const v4 = clip(new Map([['', ((p5 = 1n) => new Map([[2, x1]]).get(2))()]]));
        }
      }
    }
    throw new TypeError(String(JSON.stringify(({}), null, 1)));
  }
  finally {
    print('finally');
  }
  print(show(Object.assign({}, ({}), ({ ['x,y,z']: ['12'].at(-1), 1: 'a-b' }))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i6 = 0;
  l7: do {
    tick();
    const f8 = (a9, a10 = false, ...r11) => {
      tick();
      if ('12'.padStart(7, 'null')) {
        if (((' 7 ' ?? a9) === ((p12 = '0x1f') => a10)(a10, null))) return a10;
        const f13 = function (a14, a15 = -9007199254740993n, ...r16) {
          tick();
          if (Number.isInteger('é')) throw new SyntaxError(`<${a9}|${'12'}>`);
          let v17 = clip(new Set(r11));
          print(show(v17.add((((p18 = a10) => 7n)() || '😀!')).size));
          return new Map([]).get(a10);
        };
      }
      else {
      }
      return (4294967296 || 3);
    };
  } while (++i6 < 3);
  print(show(({ ['0x1f']: ['é', 'é'].every(x19 => true || x19 >= NaN) })));
  print(`i6 ${show(i6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task20 = async () => {
  print('task 0 step 0');
  await 4294967296;
  if (('key' in Object.fromEntries(new Map([[undefined, 'x,y,z']])))) return Math.min(255, 12345678901234567890n);
  const f21 = (a22, a23 = (NaN || 'é'), ...r24) => {
    tick();
    const f25 = function (a26, a27 = (1.5 ?? '-0'), ...r28) {
      tick();
      return ((true || true) ? a22 : '12');
    };
    return f25([][0]);
  };
  return ['😀!', 255n, 0.1][0];
};
task20().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task29 = async () => {
  print('task 1 step 0');
  print(`<${1.5}|${'😀!'}>` + show(await Promise.all([never(2, new Error((typeof null)))])) + show(await null));
  switch ([1n, '0x1f', '😀!'].join('')) {
    case [' 7 '].length: {
      const w30 = await { then: (resolve, reject) => later(2, -1).then(resolve) };
      print(show(w30));
      if (new Map([[12345678901234567890n, null]]).has(({ key: 'a-b', 1: undefined })?.a)) throw ['B', '😀!'][0];
      let v31 = clip('😀!');
      let v32 = clip(new Map([]));
      break;
    }
  }
  return 1e21;
};
task29().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let i1 = 0;
  do {
    tick();
    l3: for (let i2 = 0; i2 < 1; i2 += 1) {
      const f4 = (x = 1) => `${i2}${typeof x}`;
      tick();
      function f5(a6, a7 = new Map([[-0, true]]).get(undefined), ...r8) {
        tick();
        const f9 = function (a10, a11 = i2, ...r12) {
          tick();
          if (/b*?/.test(String(JSON.stringify(({ b: a7 }))))) throw new SyntaxError('12');
          print(show(r12.shift()));
          print(show(r12.pop()));
          return (a11 || '');
        };
        function f13(a14, a15 = a7, ...r16) {
          tick();
          print(show(0n));
          return (0b101 >> i2);
        }
        return -9007199254740993n;
      }
    }
  } while (++i1 < 2);
  print(show(Math.sqrt(Math.imul(Math.sign(0), new Map([[true, 'null']]).get('x,y,z')))));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  let i17 = 4;
  while (i17-- > 0) {
    tick();
    const f18 = (a19, a20 = -9007199254740993n, ...r21) => {
      tick();
      let n23 = 0;
      for (const [k24, x22] of new Map([[undefined, a19]])) {
        tick();
        if (++n23 > 6) break;
        const f25 = (a26, a27 = true, ...r28) => {
          tick();
          let v29 = clip(new Set(Object.values(Object.assign({}, ({ a: x22, 1: '12', 1: -3n }), ({})))));
          if (('a-b' <= (NaN || 0n))) throw x22;
          const v30 = clip(Math.imul(parseInt((typeof true)), a19));
          if ((('a' ?? undefined) < a19)) throw new TypeError('x,y,z'.replace(/\d+/g, (m, ...more) => `${m}${more.length}`));
          return '12'.charAt(0);
        };
      }
      return new Map([]).get(a19);
    };
  }
  print(show(Object.assign({}, ({ b: [1e-7, 0][3], a: new Map([['B', null]]).get(10) }), Object.assign({}, Object.fromEntries(new Map([])), ({ ...({ a: 'null' }), ...({}) })))));
  print(`i17 ${show(i17)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task31 = async () => {
  print('task 0 step 0');
  print((typeof 2) + show(await later(0, 'null')) + show(await 10));
  l33: for (let i32 = 0; i32 < 2; i32++) {
    tick();
    let v34 = clip([...(new Map([[12345678901234567890n, true]]).has(1_000) ? 'x,y,z' : (false ? '-0' : '12'))].toReversed().join(''));
    let v35 = clip([12345678901234567890n, null].flatMap((x, i) => [i, x]));
    const v36 = clip(('x,y,z'.length | 0).toString(11).replace(/^x|y$/g, (m, ...more) => `${m}${more.length}`));
  }
  return (1n && '0x1f');
};
task31().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task37 = async () => {
  print('task 1 step 0');
  print('a' + show(await never(2, new Error('-0'.concat('😀!')))) + show(await null));
  print(show(((p38 = null) => (false ? 255 : 1.5))()));
  if (['x,y,z'].toSorted().at(-2)) {
    print(show(((p39 = NaN) => p39)()));
    print(show((((1n ^ -9007199254740993n) % BigInt(7 | 0)) & 1n)));
    const v41 = clip(new Set([4294967296, 'x,y,z']));
  }
  return 7;
};
task37().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task42 = async () => {
  print('task 2 step 0');
  const w44 = await Promise.allSettled([Promise.allSettled([later(2, (true ? null : 1_000)), later(1, '😀!')]), Promise.race([later(2, '0x1f')]), Promise.resolve(((p43 = -0) => true)(...[-0], -9007199254740993n))]);
  print(show(w44));
  let n46 = 0;
  l47: for (const x45 of Object.keys(({ [' 7 ']: -3n, a: 'é' })).toReversed()) {
    tick();
    if (++n46 > 6) break;
    function f49(a50, a51 = x45, ...r52) {
      tick();
      a50 = clip(a50);
      const { a: d53 = new Map([[null, null]]).get(a50), [`k${'ey'}`]: d54, ...d55 } = Object.fromEntries(new Map([[true, a50], [null, ' 7 ']]));
      if (Array.isArray(((p56 = true) => d53)(...['12'], d54))) throw a51;
      return a50;
    }
    print(show(f49(...[x45], String(JSON.stringify([])))));
  }
  print('task 2 step 1');
  const w60 = await Promise.allSettled([Promise.resolve(later(3, (true ? 'a-b' : true))).then(x => (print(`c57 ${show(x)}`) ?? later(2, NaN))).then(x => print(`c58 ${show(x)}`), e => print(`c58! ${show(e)}`)).then(x => print(`c59 ${show(x)}`), e => print(`c59! ${show(e)}`))]);
  print(show(w60));
  return 'é';
};
task42().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const v1 = clip(({}));
  function f2(a3, a4 = 7n, ...r5) {
    tick();
    let v6 = clip(r5.join('-0'));
    const f7 = function (a8, a9 = 4294967296, ...r10) {
      tick();
      let i11 = 0;
      l12: do {
        tick();
        let v13 = clip(Object.assign({}, Object.fromEntries(new Map(Object.entries(v1))), v1));
        const f14 = (a15, a16 = a8, ...r17) => {
          tick();
          print(show(r10.fill(String(r10), 0)));
          a15 ||= clip((-3n % 7n));
          return v1?.key;
        };
      } while (++i11 < 1);
      return a9;
    };
    return (a4 ?? a4);
  }
  print(show(f2()));
  print(`f2 ${show(f2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(BigInt.asUintN(2, -9007199254740993n)));
  if (/b*?/.test(String(null))) throw new RangeError('12'.charAt(1));
  print(show('a'.concat(0n).substring(-2, 4).split(/^x|y$/)));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  function f19(a20, a21 = ({})?.b, ...r22) {
    tick();
    let i23 = 3;
    while (i23-- > 0) {
      tick();
      function f24(a25, a26 = ((p28 = a21) => '0x1f')(-1), ...r27) {
        tick();
        print(show(r22.push('é')));
        return ((p29 = 'x,y,z') => 0.1)();
      }
    }
    return a20;
  }
  print(show(((('a' in ({})) && (false || false)) ? ((true ? 0b101 : 1e-7) | '12'.length) : ((Infinity === 2147483647) ? [null, undefined, 2].length : parseFloat('a-b')))));
  print(`f19 ${show(f19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  let n31 = 0;
  l32: for (const x30 of new Set('a-b'.split(/[^a]/i))) {
    tick();
    if (++n31 > 6) break;
    let v34 = clip((255n ^ -9007199254740993n));
    let v35 = clip(({ ...({ ['-0']: 2147483647 }), ...({ key: ({ ['a']: x30, 0: 1_000, key: true })?.b, key: (false ? x30 : -0) }) }));
  }
  const [d36 = new Map([['x,y,z', undefined]]).get(7n), d37, ...d38] = Object.values(({ 1: null, 0: 'null', ['B']: NaN }));
  const f39 = (a40, a41 = d37, ...r42) => {
    tick();
    try {
      let i43 = 4;
      while (i43-- > 0) {
        tick();
        print(show(Object.assign({}, ({ key: (null || a40), a: (3 ?? '😀!') }), Object.fromEntries(new Map([])))));
        if ([d37].includes('x,y,z')) continue;
      }
      throw a40;
    }
    finally {
      print('finally');
    }
    return new Map([[d36, undefined]]).get(d37);
  };
  print(show(BigInt(('a'.length % (255 - 4294967296)) | 0)));
  print(`f39 ${show(f39)}`);
  print(`d37 ${show(d37)}`);
  print(`d36 ${show(d36)}`);
  print(`d38 ${show(d38)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task44 = async () => {
  print('task 0 step 0');
  print((typeof 'x,y,z') + show(await later(0, 7)) + show(await 0xff));
  for (let i45 = 0; i45 < 4; i45 += 1) {
    tick();
    print(show(({ 1: ((p46 = 'é') => [undefined, 7, true].at(0))(1, (undefined ?? 'a-b')), 0: ((4294967296 === i45) ? i45 : (true ? '' : true)), b: (-1 >> 0b101) })));
    let [d47, d48] = [('null' || null), ((p50 = undefined) => p50)(...[undefined], -2.5)];
    [d47, d48] = [d48, d47];
    const v51 = clip(1);
    let v52 = clip(new Map([['B', d47]]));
  }
  print('task 0 step 1');
  const w53 = await never(3, new RangeError('a'.charAt(5)));
  print(show(w53));
  print('task 0 step 2');
  const w60 = await Promise.resolve(Promise.any([later(2, '')])).catch(e => (print(`c54 ${show(e)}`) ?? later(2, new Map([['null', null]]).get(-0)))).catch(e => (print(`c55 ${show(e)}`) ?? Promise.resolve(later(2, 'a')).finally(() => (print('c56') ?? later(2, 'x,y,z'))).then(x => (print(`c57 ${show(x)}`) ?? later(3, '-0'))))).finally(() => (print('c58') ?? Promise.resolve(later(1, ('-0' && '12'))).then(x => print(`c59 ${show(x)}`), e => print(`c59! ${show(e)}`))));
  print(show(w60));
  return -0;
};
task44().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task61 = async () => {
  print('task 1 step 0');
  print(`<${1_000}|${''}>` + show(await { then: (resolve, reject) => reject('a') }) + show(await true));
  let v62 = clip(String((new Map([['12', 'a-b'], [undefined, 1_000]]).get('é') ?? [0b101, 255, undefined][1])));
  let i63 = 0;
  do {
    tick();
    const [d64 = '', d65, ...d66] = [undefined];
    let v67 = clip([d64].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
    const w68 = await E(target).echo(d64);
    print(show(w68));
    print(show(d66.pop()));
  } while (++i63 < 1);
  print('task 1 step 1');
  const w69 = await (true ? 0 : 'B');
  print(show(w69));
  return i63;
};
task61().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

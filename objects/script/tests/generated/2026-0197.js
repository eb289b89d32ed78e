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
  l2: for (let i1 = 0; i1 < 3; i1 += 1) {
    const f3 = (x = 1) => `${i1}${typeof x}`;
    tick();
    let v4 = clip([].filter(x5 => true || x5 === 'a-b').concat([1e21, 0, '12']).length);
    let v6 = clip((!String(JSON.stringify('12', null, 1))));
    try {
      const f7 = (a8, a9 = ('x,y,z' ?? -3n), ...r10) => {
        tick();
        let v11 = clip((typeof (false ? '' : a8)));
        let n13 = 0;
        l14: for (const x12 of new Set([a8])) {
          tick();
          if (++n13 > 6) break;
          print(show(v6));
        }
        return new Map([['0x1f', 'é']]).get((' 7 ' ?? v11));
      };
    }
    catch (e16) {
      print(`caught ${show(e16)} ${e16 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  print(show((((p17 = null) => new Map([]).get('B'))() ?? (0xff / -1))));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    if ((!({ a: 2, b: true })?.[0])) throw new SyntaxError(String(JSON.stringify([' 7 '])));
    try {
      let [d18, d19] = [(true ? undefined : null), new Map([['-0', NaN]]).get(true)];
      [d18, d19] = [d19, d18];
      let i21 = 1;
      l22: while (i21-- > 0) {
        tick();
        const v23 = clip(Object.values(({ ...Object.assign({}, ({}), ({})), ...({ b: 'a', 0: NaN, 1: d18 }) })));
        let [d24, d25] = [d18, 3];
        [d24, d25] = [d25, d24];
        print(show(((!(-1 && 7)) || (Math.imul(1.5, d24) < (-9007199254740993n - -0)))));
      }
      throw -9007199254740993n;
    }
    catch (e27) {
      print(`caught ${show(e27)} ${e27 instanceof TypeError}`);
    }
  }
  catch (e28) {
    print(`caught ${show(e28)} ${e28 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(((0 * [].indexOf('0x1f')) >= (true | Math.ceil(Infinity)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if ((!((p29 = 'a-b') => p29)())) throw 1e21;
  let i30 = 2;
  while (i30-- > 0) {
    tick();
    switch ([' 7 ', undefined, true].map(x31 => x31).at(-1)) {
      case (7 * 1e-7): {
        let n33 = 0;
        for (const [k34, x32] of new Map(Object.entries(({ a: '😀!' })))) {
          tick();
          if (++n33 > 6) break;
          let v35 = clip(({ 1: Number.isInteger(255) }));
          print(show((new Map(Object.entries(({ 1: 0.1, key: k34, ['a-b']: k34 }))).get(1e-7) >= Boolean(-1))));
        }
        let v36 = clip(new Set([255n, 'null']));
        break;
      }
      case (~Infinity): {
        break;
      }
    }
  }
  print(show(BigInt(i30 | 0)));
  print(`i30 ${show(i30)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const f37 = (a38, a39 = (true ?? 4294967296), ...r40) => {
    tick();
    if (Object.assign({}, ({ 1: 'a' }), ({}))?.key) {
      let [d41, d42] = [1e21, 'x,y,z'];
      [d41, d42] = [d42, d41];
      function f44(a45, a46 = new Map([[true, a38], [2147483647, 0]]).get(true), ...r47) {
        tick();
        switch (d41) {
          default: {
            print(show(new Map([[null, r47.at(2)]])));
            print(show(((p48 = a38) => ((true ? 0b101 : a39) ?? false))()));
          }
          case (0 * NaN): {
            let v50 = clip(d42);
          }
        }
        return (new Map([[10, 'a'], [true, true]]).get(d42) && a38);
      }
    }
    return new Map(Object.entries(({ 0: 'é', ['é']: a38, 1: a39 }))).get(Infinity);
  };
  print(show(Math.abs(((Infinity & -2.5) << parseFloat('x,y,z')))));
  print(`f37 ${show(f37)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task51 = async () => {
  print('task 0 step 0');
  const w52 = await Promise.any([{ then: (resolve, reject) => resolve(new Map([['', '12'], [true, 'null']]).get('B')) }, E(target).bad(0n), Promise.resolve(12345678901234567890n)]);
  print(show(w52));
  let v53 = clip(({ 0: new Map([['a', 'x,y,z'], [1_000, ' 7 ']]).get(1e21), 0: 0.1, a: ('null' * 0.1) }));
  const { a: d54 = '-0', [`k${'ey'}`]: d55, ...d56 } = ({});
  print('task 0 step 1');
  print(`<${d55}|${'x,y,z'}>` + show(await { then: (resolve, reject) => resolve(-0) }) + show(await 1.5));
  if (((1_000 < 1e21) && ['-0', d54, ''].some(x57 => false || x57 === true))) throw d54;
  print('task 0 step 2');
  await Promise.resolve('é');
  return new Map([[d54, true], [255n, ' 7 ']]).get(1e21);
};
task51().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task58 = async () => {
  print('task 1 step 0');
  print((typeof null) + show(await later(2, ({ key: 'a-b', b: ' 7 ', a: ' 7 ' })?.[0])) + show(await true));
  const f59 = (a60, a61 = Infinity, ...r62) => {
    tick();
    print(show(new Map([['x,y,z', a60]])));
    const [d63 = '-0', d64, ...d65] = r62;
    return a60;
  };
  print('task 1 step 1');
  await Promise.resolve(later(1, new Map([]).get(true))).then(x => (print(`c66 ${show(x)}`) ?? new Promise(resolve => resolve(later(1, (undefined || '😀!')))))).catch(e => (print(`c67 ${show(e)}`) ?? ({ then: (resolve, reject) => later(2, -1).then(resolve) }))).then(x => (print(`c68 ${show(x)}`) ?? Promise.all([later(2, new Map([[undefined, 3], [2, 0xff]]).get(-9007199254740993n))])));
  print('task 1 step 2');
  await later(0, (false ? null : NaN));
  return [0xff, 1].at(1);
};
task58().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task69 = async () => {
  print('task 2 step 0');
  const w72 = await Promise.any([Promise.any([later(1, true), later(1, new Map([[-9007199254740993n, 2], [10, -0]]).get('a-b'))]), Promise.resolve(later(3, ({ b: null })?.[0])).then(x => (print(`c70 ${show(x)}`) ?? later(1, new Map([[undefined, '12'], [undefined, 'a']]).get('a-b')))).catch(e => (print(`c71 ${show(e)}`) ?? later(2, (null ?? 10))))]);
  print(show(w72));
  let v73 = clip((BigInt.asUintN(7, BigInt(3 | 0)) % (BigInt.asUintN(69, -9007199254740993n) * 1n)));
  const v74 = clip(({}));
  v73 = clip(BigInt(3 | 0));
  return ' 7 ';
};
task69().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

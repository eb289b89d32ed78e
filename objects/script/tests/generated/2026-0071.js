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
  const v1 = clip(new Map(Object.entries(({ ['B']: (null || 1), ['null']: [null, '', 1_000][3], a: ' 7 ' }))));
  let i2 = 0;
  do {
    tick();
    print((false ? '' : 'B') + show(await { then: (resolve, reject) => later(2, 'é').then(resolve) }) + show(await 1n));
    print(show('😀!'.repeat(2).split('-0').filter(x3 => /^x|y$/.test('') || x3 < true)));
    if (((p4 = -1) => (true ? 0b101 : p4))([][1])) {
      try {
        throw new TypeError('😀!');
      }
      catch (e5) {
        print(`caught ${show(e5)} ${e5 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
    }
    else {
    }
  } while (++i2 < 4);
  print(show(new Map([[null, ({ 0: undefined, key: 10, a: '12' })?.[1]]])));
  print(`i2 ${show(i2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f6(a7, a8 = new Map([]).get(0b101), ...r9) {
    tick();
    if (a7) {
      function f10(a11, a12 = 3, ...r13) {
        tick();
        function f14(a15, a16 = 'x,y,z', ...r17) {
          tick();
          print(show(((p18 = a15) => (255n * 12345678901234567890n))(new Map([]).get((a7 ?? a16)), ((!a7) ? [a16][0] : r13[3]))));
          const f19 = function (a20, a21 = a15, ...r22) {
            tick();
            return ('12' || false);
          };
          return a11;
        }
        return ((!null) ? 'a' : ({})?.a);
      }
    }
    else {
    }
    return (new Map([[true, a7]]).get(3) && ('B' ?? a8));
  }
  print(show((BigInt([255, 4294967296].indexOf(true) | 0) + BigInt((~NaN) | 0))));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task23 = async () => {
  print('task 0 step 0');
  const w26 = await Promise.allSettled([{ then: (resolve, reject) => resolve(1e21) }, Promise.resolve(later(2, 'x,y,z')).then(x => print(`c24 ${show(x)}`), e => print(`c24! ${show(e)}`)).then(x => print(`c25 ${show(x)}`), e => print(`c25! ${show(e)}`)), Promise.resolve([true][3])]);
  print(show(w26));
  try {
    const v27 = clip(`<${'x,y,z'}|${(typeof 'null')}>`);
    const f28 = (a29, a30 = 'B', ...r31) => {
      tick();
      const [d32 = (true ? 1_000 : 0), d33, ...d34] = [a30, 'B'].slice(1, 3).concat(['-0', a30, 'null'].flatMap((x, i) => [i, x]));
      function f35(a36, a37 = [a29].at(3), ...r38) {
        tick();
        return d34[0];
      }
      return (d32 && new Map([[3, d33]]).get(' 7 '));
    };
    throw v27;
  }
  catch (e39) {
    print(`caught ${show(e39)} ${e39 instanceof TypeError}`);
  }
  print('task 0 step 1');
  print((false ? '😀!' : ' 7 ') + show(await Promise.resolve(later(0, [].at(-1))).then(x => print(`c40 ${show(x)}`), e => print(`c40! ${show(e)}`))) + show(await null));
  return 1.5;
};
task23().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task42 = async () => {
  print('task 1 step 0');
  print(String(JSON.stringify(2, null, 1)) + show(await Promise.allSettled([Promise.any([later(1, (true ? 'a-b' : null)), later(3, '-0')]), later(0, ('a' && 4294967296)), Promise.resolve(({ 0: undefined })?.[1])])) + show(await ''));
  let n46 = 0;
  for (const x45 of ['B', -1].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).filter(x43 => [0.1, 12345678901234567890n].some(x44 => false || x44 === 0) || x43 !== 12345678901234567890n)) {
    tick();
    if (++n46 > 6) break;
    const v48 = clip(Object.assign({}, ({ ...({}), ...Object.assign({}, ({ key: x45 }), ({ a: 'null', key: 1, a: x45 })) }), ({ a: x45 })));
    let v49 = clip(new Set([255n]));
    await Promise.resolve(E(target).slow((2 && -0))).then(x => (print(`c50 ${show(x)}`) ?? later(1, x45))).then(x => (print(`c51 ${show(x)}`) ?? never(0, x45)));
  }
  print('task 1 step 1');
  print(`<${'-0'}|${'12'}>` + show(await Promise.resolve(Promise.all([later(3, 255)])).finally(() => (print('c53') ?? Promise.all([later(0, ('12' && 'é'))])))) + show(await undefined));
  return 255;
};
task42().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task55 = async () => {
  print('task 2 step 0');
  const w57 = await Promise.any([true, never(1, [].at(1))]);
  print(show(w57));
  let n59 = 0;
  for (const x58 of new Set([])) {
    tick();
    if (++n59 > 6) break;
    let [d61, d62] = [x58, x58];
    [d61, d62] = [d62, d61];
    let v64 = clip(Object.fromEntries(new Map([])));
  }
  print('task 2 step 1');
  const w71 = await Promise.resolve(never(0, (false ? 'a-b' : 12345678901234567890n))).finally(() => (print('c65') ?? Promise.resolve(later(0, 2147483647)).catch(e => (print(`c66 ${show(e)}`) ?? later(2, (true && 0.1)))).then(x => (print(`c67 ${show(x)}`) ?? later(3, (true ? null : 0b101)))).then(x => (print(`c68 ${show(x)}`) ?? later(3, [true].at(2)))))).catch(e => (print(`c69 ${show(e)}`) ?? later(0, 255))).finally(() => (print('c70') ?? Promise.resolve(({ b: true })?.key)));
  print(show(w71));
  print('task 2 step 2');
  print('' + show(await new Promise((resolve, reject) => reject(new Map([[0.1, null]]).get(undefined)))) + show(await 2147483647));
  return ('' && 'x,y,z');
};
task55().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

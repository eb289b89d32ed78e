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
  const v1 = clip(((BigInt(10 | 0) ^ BigInt(3 | 0)) % ((255n / 0n) - BigInt.asUintN(42, -9007199254740993n))));
  if ((/\s*,\s*/.test('é') ? (2 && 255) : (true && '-0'))) {
    function f2(a3, a4 = 1, ...r5) {
      tick();
      let n7 = 0;
      for (const x6 of [...[null, true], [4294967296, 0.1, 7][2]]) {
        tick();
        if (++n7 > 6) break;
        const v9 = clip((!([3].includes('0x1f') ? ({ ['0x1f']: true, 0: '' })?.b : [][0])));
        let v10 = clip((Math.max((-0 << -0), ((p11 = a4) => p11)(...[''], '0x1f')) - (+(~2147483647))));
      }
      return isNaN(a3);
    }
  }
  print(show([1.5, 0xff, null].map(x12 => x12).concat([].map(x13 => undefined)).length));
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (((!true) && new Map([[-3n, 0n]]).has(0n))) throw 'a-b';
  let v14 = clip((- (-1 - 'a'.length)));
  let v15 = clip(({ b: ((p16 = -1) => p16)(...[[true, null].at(0)], 'a-b'), b: new Map([[1e21, 3]]).get(((p17 = 'B') => true)(1.5, 'é')) }));
  print(show(((p18 = 'a-b') => new Map([[undefined, 4294967296]]).get('a-b'))(...[v15?.b], ((p19 = 255) => '12')(3))));
  print(show(new Map([[255, ((p20 = 'x,y,z') => p20)()], ['😀!', new Map([]).get('-0')]])));
  print(`v15 ${show(v15)}`);
  print(`v14 ${show(v14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const [d21 = ({ b: 4294967296 })?.[0], d22, ...d23] = Array.from(new Set([undefined, -1])).slice(-1, 0);
  let v24 = clip(d23.flatMap((x, i) => [i, x]).map(x25 => d22));
  function f26(a27, a28 = d21, ...r29) {
    tick();
    const f30 = function (a31, a32 = ((p34 = 0b101) => d22)(undefined), ...r33) {
      tick();
      l36: for (let i35 = 0; i35 < 3; i35 += 2) {
        tick();
        let v37 = clip(('a' in Object.fromEntries(new Map([[' 7 ', 0]]))));
        print(show(r29.shift()));
        let v38 = clip(({ ['é']: d21, ['12']: ({ ...({}), ...({ key: -0, b: true, ['a-b']: null }) })?.[1], 1: a27 }));
      }
      return a27;
    };
    return ' 7 '.replaceAll('-0', '[$&]');
  }
  print(show(({ key: d22, 0: d22 })));
  print(`f26 ${show(f26)}`);
  print(`v24 ${show(v24)}`);
  print(`d22 ${show(d22)}`);
  print(`d21 ${show(d21)}`);
  print(`d23 ${show(d23)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task39 = async () => {
  print('task 0 step 0');
  print(`<${1e21}|${'é'}>` + show(await Promise.resolve(('' && undefined))) + show(await undefined));
  let v40 = clip(`<${((p41 = 'é') => ((p42 = p41) => p42)(p41))(({ a: '0x1f', a: '-0' })?.a, 'null')}|${((false ? 'a-b' : 'null') + 0)}>`);
  let n44 = 0;
  for (const x43 of String(({ key: 0, ['a-b']: null }))) {
    tick();
    if (++n44 > 6) break;
    let v46 = clip(new Map([['12', (x43 ?? (true ? true : 0.1))]]));
    if (/(\w)(\w)?/.test(v40.concat(x43))) return new Map([[1e-7, '😀!'], [3, '-0']]).get((x43 || x43));
    const f47 = (a48, a49 = (false ? true : NaN), ...r50) => {
      tick();
      return BigInt(10 | 0);
    };
  }
  print('task 0 step 1');
  const w52 = await Promise.resolve(E(target).echo((' 7 ' || 1.5))).then(x => (print(`c51 ${show(x)}`) ?? later(0, ('12' ?? true))));
  print(show(w52));
  return -3n;
};
task39().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task53 = async () => {
  print('task 1 step 0');
  await Promise.resolve(new Map([['null', 1e21]]).get(1e21));
  let v54 = clip(BigInt.asUintN(13, 7n));
  let n56 = 0;
  l57: for (const x55 of new Set([2].toSorted())) {
    tick();
    if (++n56 > 6) break;
    let v59 = clip(Object.values(Object.assign({}, Object.assign({}, ({}), ({})), Object.fromEntries(new Map([[1_000, null], [null, x55]])))));
    let v60 = clip(new Map([]));
    print(show(v59.push(Math.sqrt(-0))));
    let v61 = clip(v60);
  }
  return 4294967296;
};
task53().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task62 = async () => {
  print('task 2 step 0');
  await E(target).bad((true ?? 3));
  let i63 = 0;
  do {
    tick();
    const v64 = clip(Object.assign({}, ({}), ({ key: (1.5 && ''), ['-0']: 7 })));
    let v65 = clip(BigInt((- (1e-7 / 2147483647)) | 0));
    const v66 = clip(new Map([['', ([255, null, 1_000].at(3) || ('-0' ?? null))]]));
    let v67 = clip(v65);
  } while (++i63 < 1);
  print('task 2 step 1');
  const w68 = await never(0, new RangeError([255].join('null')));
  print(show(w68));
  print('task 2 step 2');
  print(('x,y,z' + true) + show(await [].at(-1)) + show(await 'x,y,z'));
  return new Map([]).get(undefined);
};
task62().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const f1 = (a2, a3 = false, ...r4) => {
    tick();
    let v5 = clip((+(0xff - (0xff / 1e21))));
    print(show(r4.sort()));
    return a2;
  };
  const w6 = await never(1, new SyntaxError(('a-b' + undefined)));
  print(show(w6));
  let n8 = 0;
  for (const x7 of ((1e-7 ^ 1)).toExponential(3)) {
    tick();
    if (++n8 > 6) break;
    const v10 = clip(`<${(0b101 || 'B')}|${'x,y,z'.substring(4, 0)}>`.concat(String(JSON.stringify(({ ['a-b']: '😀!', 0: x7 }), ['a', 'key']))));
    try {
    }
    catch (e11) {
      print(`caught ${show(e11)} ${e11 instanceof TypeError}`);
    }
  }
  print(show(((('a' in ({ key: undefined, 1: true })) ? Math.floor(3) : (2147483647 >>> 2147483647)) - [null, 'a', -9007199254740993n].concat([true, 'x,y,z', null]).findIndex(x12 => ('B' === undefined) || x12 < null))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if (('-0' < ((p13 = 1.5) => p13)('B', 2))) throw new SyntaxError((true ? 'x,y,z' : ' 7 '));
  if ((-9007199254740993n && 1_000)) {
    if (((255 <= true) && Boolean(-9007199254740993n))) throw new Map([]).get(undefined);
    if (('x,y,z' + true)) {
      print(String(7n) + show(await later(2, [1n].at(2))) + show(await null));
      let i14 = 1;
      while (i14-- > 0) {
        tick();
        const v15 = clip((parseFloat((true ? '0x1f' : 'é')) < `<${'a'}|${'-0'}>`.length));
      }
    }
  }
  print(show((7n * BigInt.asUintN(8, BigInt.asUintN(47, 7n)))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  const f16 = (a17, a18 = (2147483647 && 'x,y,z'), ...r19) => {
    tick();
    for (let i20 = 0; i20 < 2; i20++) {
      const f21 = (x = 1) => `${i20}${typeof x}`;
      tick();
      print(show(f21((' 7 ' + 255n))));
      const f22 = function (a23, a24 = a18, ...r25) {
        tick();
        return new Map([]).get([][1]);
      };
    }
    return (isNaN(1e-7) ? (null || ' 7 ') : a17);
  };
  print(show([...String(JSON.stringify([null, null]))].toReversed().join('')));
  print(`f16 ${show(f16)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  try {
    print(show(((p26 = undefined) => p26)(('' && ({})?.b), [1_000].at(-1))));
    try {
      const f27 = function (a28, a29 = '0x1f', ...r30) {
        tick();
        const v31 = clip(([].length | parseInt((false ? '0x1f' : '-0'))));
        return (false ? 0.1 : 1e-7);
      };
    }
    catch (e32) {
      print(`caught ${show(e32)} ${e32 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  catch (e33) {
    print(`caught ${show(e33)} ${e33 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map([[undefined, (-2.5).toFixed(5)]])));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task34 = async () => {
  print('task 0 step 0');
  print(String(JSON.stringify(['😀!', true], null, 1)) + show(await Promise.any([Promise.resolve((true ? undefined : undefined))])) + show(await -1));
  let n36 = 0;
  for (const [k37, x35] of new Map([[255, 'a']])) {
    tick();
    if (++n36 > 6) break;
    if (([-3n].includes(4294967296) && [x35, undefined, true].every(x38 => true || x38 !== undefined))) continue;
    function f39(a40, a41 = (false ? 'é' : undefined), ...r42) {
      tick();
      print(show(r42.splice(1, 1, (255n ?? false))));
      function f43(a44, a45 = ((p47 = -9007199254740993n) => 'x,y,z')(...[a41], 'a'), ...r46) {
        tick();
        if (Number.isNaN(a45)) throw 7n;
        let [d48, d49] = [a44, '-0'];
        [d48, d49] = [d49, d48];
        return (0xff >= Infinity);
      }
      return f43(f43(), [a40, 1.5, k37][0]);
    }
  }
  print('task 0 step 1');
  const w51 = await new Promise(resolve => resolve(E(target).bad((10 && 12345678901234567890n))));
  print(show(w51));
  return ('x,y,z' ?? undefined);
};
task34().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

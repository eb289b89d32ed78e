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
  let n2 = 0;
  for (const x1 of new Set([])) {
    tick();
    if (++n2 > 6) break;
    function f4(a5, a6 = 'B', ...r7) {
      tick();
      if (/a/.test(''.repeat(2))) throw new SyntaxError(`<${a5}|${'0x1f'}>`);
      try {
        throw 7;
      }
      catch (e8) {
        print(`caught ${show(e8)} ${e8 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return (0n + -3n);
    }
  }
  print(show([7n, 7, 3]));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  function f9(a10, a11 = -1, ...r12) {
    tick();
    a10 = clip([...r12, a11][2]);
    function f13(a14, a15 = (true ? a11 : a10), ...r16) {
      tick();
      const v17 = clip(new Map([[a14, a15]]));
      function f18(a19, a20 = a10, ...r21) {
        tick();
        let v22 = clip(String(JSON.stringify(String(JSON.stringify('é'.replace(/(\w)(\w)?/, '<$&$1>'))))));
        const v23 = clip(String(Object.assign({}, ({ ['null']: a11, b: a14, 0: 'é' }), ({}))));
        const [d24 = a14, d25, ...d26] = r12.concat([].toSorted());
        return a19;
      }
      return f18(a10, a15);
    }
    return ({ ...({ b: -0 }), ...({}) })?.[1];
  }
  print(show([1_000, Infinity, undefined].join('null').split('a').every(x27 => (!-3n) || x27 >= '12')));
  print(`f9 ${show(f9)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  try {
    if (((p28 = null) => p28)(...[[].at(-2)], new Map([[null, '0x1f'], ['0x1f', 3]]).get(0n))) {
      const [d29 = ((p32 = 1.5) => '😀!')(true), d30, ...d31] = [...[12345678901234567890n, null].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)), 2147483647];
      let n34 = 0;
      l35: for (const x33 of new Set([])) {
        tick();
        if (++n34 > 6) break;
        print(show(((p37 = 1e21) => -0)(new Map([[0, x33]]).get(d30), d30)));
        await Promise.allSettled([Promise.race([later(1, -9007199254740993n)])]);
      }
    }
    else {
    }
  }
  catch (e38) {
    print(`caught ${show(e38)} ${e38 instanceof TypeError}`);
  }
  print(show(((Infinity * 0xff) < ('é' + -1))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task39 = async () => {
  print('task 0 step 0');
  const w44 = await Promise.resolve(Promise.resolve(later(3, ('null' ?? '0x1f'))).then(x => (print(`c40 ${show(x)}`) ?? later(1, new Map([['é', Infinity]]).get(1e-7)))).then(x => (print(`c41 ${show(x)}`) ?? later(0, ((p42 = true) => 4294967296)(undefined, 'x,y,z'))))).finally(() => (print('c43') ?? later(0, (-2.5 || true))));
  print(show(w44));
  const f45 = function (a46, a47 = ('😀!' ?? 2147483647), ...r48) {
    tick();
    const { a: d49 = 0b101, [`k${'ey'}`]: d50, ...d51 } = ({ b: a46 });
    print(show(String(JSON.stringify(`<${a46}|${'null'}>`)).split(' 7 ')));
    return ['é', d50].at(0);
  };
  if ((!f45())) return [NaN, 0n, '0x1f'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).at(0);
  print('task 0 step 1');
  print('12'.replaceAll(' 7 ', '[$&]') + show(await Promise.race([Promise.any([later(1, new Map([]).get(true)), later(3, [true, '0x1f', '0x1f'][0]), later(2, (true && null))])])) + show(await ' 7 '));
  return true;
};
task39().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task52 = async () => {
  print('task 1 step 0');
  print(String(({})) + show(await Promise.race([new Promise((resolve, reject) => reject(new Map([[null, null]]).get(undefined))), Promise.any([later(3, (true ? 0 : 255))])])) + show(await -9007199254740993n));
  await { then: (resolve, reject) => resolve(new Map([]).get(null)) };
  const f53 = (a54, a55 = (false ? undefined : undefined), ...r56) => {
    tick();
    const v57 = clip(((a55 >= 0) ? String(JSON.stringify(Infinity, null, 1)) : 'B'));
    const v58 = clip((v57 || (true && false)));
    return v58;
  };
  if ((new Map([[true, 3]]).has('x,y,z') ? '-0' : [255n][3])) {
    print(show(((new Set([undefined, 'x,y,z']).has(true) ? (true ?? 1n) : [1n].at(-1)) && ((255 && undefined) ?? ''))));
  }
  print('task 1 step 1');
  const w59 = await Promise.race([' 7 ', Promise.all([later(0, 'x,y,z'), later(0, new Map([[null, 1e21], ['😀!', null]]).get(1n))])]);
  print(show(w59));
  return (undefined || undefined);
};
task52().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
const task60 = async () => {
  print('task 2 step 0');
  await new Promise((resolve, reject) => reject((false ? 'a-b' : null)));
  let [d61, d62] = [(true ? true : NaN), (4294967296 ?? true)];
  [d61, d62] = [d62, d61];
  try {
    const { a: d64 = [].at(-2), [`k${'ey'}`]: d65, ...d66 } = ({ ...Object.fromEntries(new Map([[d62, d62]])), ...Object.fromEntries(new Map([['a-b', '0x1f'], [2, d62]])) });
    const f67 = (a68, a69 = 'a-b', ...r70) => {
      tick();
      a68 = clip((d65 >= a68));
      return d65;
    };
    throw new Map([[d62, ' 7 '], [d62, d62]]).get(d65);
  }
  catch (e71) {
    print(`caught ${show(e71)} ${e71 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  return (d62 || null);
};
task60().then(x => print(`task 2 gave ${show(x)}`), e => print(`task 2 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

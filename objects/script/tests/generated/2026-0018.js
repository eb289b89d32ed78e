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
  const v1 = clip(/[^a]/i.test((typeof undefined).charAt(-3)));
  let v2 = clip(new Map([[Infinity, ((p3 = undefined) => 1.5)((v1 ? 'é' : 7n))], [0.1, ({ 0: undefined, a: null, key: '12' })?.[0]]]));
  let i4 = 0;
  do {
    tick();
    print(show(((p5 = 'a') => p5)()));
  } while (++i4 < 1);
  print(show(Math.round(((false ? 255 : 0) ^ i4))));
  print(`i4 ${show(i4)}`);
  print(`v2 ${show(v2)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f6 = (a7, a8 = [undefined, 'é'].at(1), ...r9) => {
    tick();
    l11: for (let i10 = 0; i10 < 3; i10 += 2) {
      const f12 = (x = 1) => `${i10}${typeof x}`;
      tick();
      print(show(r9.splice(0, 0, a7)));
      const v13 = clip(new Set(r9));
      function f14(a15, a16 = 1_000, ...r17) {
        tick();
        if (f12(a15)) {
          let v18 = clip(((BigInt(i10 | 0) / (12345678901234567890n % 255n)) ^ BigInt(i10 | 0)));
          const v19 = clip(new Set(Array.from(v13)));
          const v20 = clip(new Map([]));
        }
        return a16;
      }
    }
    return ('key' in ({ a: true, b: true, b: Infinity }));
  };
  print(show(new Set('0x1f'.split(/^x|y$/).map(x21 => x21))));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  print(show(({ 0: ({ ['é']: 255, ['']: 255n })?.[1] })));
  let v22 = clip(('1' in ({ 1: 0.1, 1: 'null' })));
  print(show(new Map([]).get((new Map([]).get(v22) || v22))));
  print(`v22 ${show(v22)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task23 = async () => {
  print('task 0 step 0');
  print((0.1).toPrecision(6) + show(await (true ? 1n : ' 7 ')) + show(await 3));
  print(show(((~('a-b' - 1e21)) === Math.round([2147483647, null].length))));
  switch (Math.ceil(-2.5)) {
    case Math.min(10, true): {
      let v24 = clip((BigInt.asUintN(12, (1n ^ 7n)) + BigInt.asUintN(34, BigInt(-1 | 0))));
      print('é' + show(await Promise.resolve(never(2, new RangeError(`<${4294967296}|${'12'}>`))).catch(e => (print(`c25 ${show(e)}`) ?? later(1, (false ? '12' : null)))).finally(() => (print('c26') ?? Promise.any([later(1, (true ? -9007199254740993n : 'a')), later(0, '0x1f'), later(3, [].at(3))]))).catch(e => (print(`c27 ${show(e)}`) ?? Promise.resolve(later(1, 'a')).then(x => (print(`c28 ${show(x)}`) ?? later(1, ((p29 = 0xff) => p29)(1_000, null)))).then(x => (print(`c30 ${show(x)}`) ?? later(0, 1e-7)))))) + show(await 0.1));
      break;
    }
  }
  if ((Number.isNaN('B') ? 1.5 : Infinity)) {
    const f31 = function (a32, a33 = ('null' || 'a'), ...r34) {
      tick();
      return r34.slice(0, 2)[3];
    };
  }
  else {
  }
  print('task 0 step 1');
  const w35 = await new Promise((resolve, reject) => reject((true ? null : undefined)));
  print(show(w35));
  print('task 0 step 2');
  const w40 = await Promise.resolve(later(3, -2.5)).catch(e => (print(`c36 ${show(e)}`) ?? later(3, 10))).then(x => (print(`c37 ${show(x)}`) ?? later(3, (false ? 'a-b' : true)))).then(x => (print(`c38 ${show(x)}`) ?? Promise.race([later(0, (undefined ?? 4294967296)), later(1, 'B')])));
  print(show(w40));
  return ('a-b' ?? -0);
};
task23().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

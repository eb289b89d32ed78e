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
  const v1 = clip(Math.ceil(Math.min(Math.trunc(-0), (NaN ?? undefined))));
  if ((((p2 = 2147483647) => undefined)(...[-3n], 'é') < 0n)) throw ({ ['0x1f']: undefined })?.[1];
  let v3 = clip(new Map([[true, parseInt('a-b')], [null, 'a']]));
  const v4 = clip(new Set([...Array.from(new Set([true, 2147483647])), (true ?? '😀!')]));
  let i5 = 0;
  do {
    tick();
  } while (++i5 < 1);
  print(show(v4));
  print(`i5 ${show(i5)}`);
  print(`v4 ${show(v4)}`);
  print(`v3 ${show(v3)}`);
  print(`v1 ${show(v1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f6 = (a7, a8 = [].at(2), ...r9) => {
    tick();
    let n11 = 0;
    for (const x10 of r9) {
      tick();
      if (++n11 > 6) break;
      function f13(a14, a15 = a7, ...r16) {
        tick();
        if (((true ? ' 7 ' : -9007199254740993n) !== 3)) return ((0n ?? a15) ?? Infinity);
        print(show(((p17 = a7) => ('12' ?? new Map([[p17, a14], [1e21, 0.1]]).get(1e21)))()));
        return x10;
      }
      if ((Array.isArray('😀!') || (4294967296 >= 1_000))) continue;
      print(show(('é' + a8).split(/^x|y$/).length));
    }
    return a8;
  };
  print(show(({})));
  print(`f6 ${show(f6)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (((p18 = null) => new Map([['x,y,z', ' 7 ']]).get(' 7 '))(((p19 = -3n) => Infinity)(...['0x1f'], -9007199254740993n))) {
    let v20 = clip(12345678901234567890n);
    function f21(a22, a23 = [12345678901234567890n].at(-1), ...r24) {
      tick();
      function f25(a26, a27 = ((p29 = '😀!') => '12')(), ...r28) {
        tick();
        return String(({ b: a23, key: a23 }));
      }
      return (r24.at(-1) || (false ? null : null));
    }
  }
  else {
  }
  print(show([]));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  const { a: d30 = new Map([[10, true]]).get(''), [`k${'ey'}`]: d31, ...d32 } = ({ ...Object.fromEntries(new Map([[null, ' 7 '], ['a', -3n]])), ...Object.fromEntries(new Map([[7n, ' 7 '], [7, '12']])) });
  const f33 = (a34, a35 = (true ? ' 7 ' : '12'), ...r36) => {
    tick();
    let [d37, d38] = [a34, 1_000];
    [d37, d38] = [d38, d37];
    print(show(r36.reverse()));
    return d30;
  };
  print(show(new Map(Object.entries(d32))));
  print(`f33 ${show(f33)}`);
  print(`d31 ${show(d31)}`);
  print(`d30 ${show(d30)}`);
  print(`d32 ${show(d32)}`);
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task40 = async () => {
  print('task 0 step 0');
  print('-0'.slice(2) + show(await { then: (resolve, reject) => reject('0x1f') }) + show(await '0x1f'));
  const f41 = (a42, a43 = (7 || 1.5), ...r44) => {
    tick();
    print(show(((p45 = 'a-b') => BigInt.asUintN(24, -3n))(((1.5 >= 1e-7) ? new Map([['😀!', a43], [true, null]]).get(a42) : 'a-b'))));
    a42 &&= clip(a42);
    const v46 = clip([-2.5, '0x1f']);
    const f47 = (a48, a49 = ('0x1f' || 0), ...r50) => {
      tick();
      return ({ 0: null, ['12']: null, ['12']: 1_000 })?.a;
    };
    return 'x,y,z'.substring(5, 1);
  };
  print('task 0 step 1');
  const w51 = await Promise.resolve('12');
  print(show(w51));
  return (2 && -9007199254740993n);
};
task40().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  const f1 = (a2, a3 = 'a-b', ...r4) => {
    tick();
    let v5 = clip(BigInt(7 | 0));
    const f6 = (a7, a8 = (255n || 0b101), ...r9) => {
      tick();
      print(show(((p10 = a7) => p10)((a2 ?? ((p11 = 1n) => ' 7 ')('0x1f')), a2)));
      print(show(((p12 = '-0') => `<${1n}|${'a-b'}>`)()));
      let n14 = 0;
      l15: for (const x13 of '-0') {
        tick();
        if (++n14 > 6) break;
        print(show(((p17 = -0) => (true || true))()));
      }
      return ([a2, null][2] || 1.5);
    };
    return a3;
  };
  print(show((('1' in ({ b: 12345678901234567890n, ['a-b']: 0.1 })) || (![].at(0)))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const v18 = clip(([undefined].some(x19 => true || x19 !== 0.1) ? ('é' + 10) : (true ? '😀!' : 'a-b')).split('a'));
  print(('a-b' + 'a') + show(await { then: (resolve, reject) => later(2, [3, 7][3]).then(resolve) }) + show(await 'B'));
  l21: for (let i20 = 0; i20 < 1; i20 += 1) {
    const f22 = (x = 1) => `${i20}${typeof x}`;
    tick();
    print(show(f22(i20)));
    switch ((Number.isInteger(7n) ? 1_000 : new Map([]).get(1))) {
      case '😀!'.padStart(3, ''): {
        let [d23, d24] = [('a-b' ?? null), (false ? 0 : 'null')];
        [d23, d24] = [d24, d23];
        const v26 = clip((Object.assign({}, ({ b: d23 }), ({ a: d24, key: d23, ['😀!']: d23 }))?.[1] <= d23));
      }
      case [][3]: {
        break;
      }
    }
  }
  print(show(v18.lastIndexOf(`<${12345678901234567890n}|${'0x1f'}>`)));
  print(`v18 ${show(v18)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  l28: for (let i27 = 0; i27 < 1; i27++) {
    const f29 = (x = 1) => `${i27}${typeof x}`;
    tick();
    let i30 = 0;
    l31: do {
      tick();
      const f32 = (a33, a34 = new Map([[255n, 'a-b'], [Infinity, null]]).get('😀!'), ...r35) => {
        tick();
        const { a: d36 = 0.1, [`k${'ey'}`]: d37, ...d38 } = ({ ['B']: (false ? 7n : a33) });
        print(show(r35.sort()));
        const v39 = clip(((i27 - Math.min(4294967296, a34)) / ((- 1_000) << i27)));
        const f40 = (a41, a42 = 2, ...r43) => {
          tick();
          return (false && false);
        };
        return (d36 ?? ({ a: null, ['-0']: -0 })?.key);
      };
    } while (++i30 < 1);
  }
  print(show(Object.assign({}, ({}), Object.fromEntries(new Map([[true, 255], ['', null]])))));
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task44 = async () => {
  print('task 0 step 0');
  const w45 = await { then: (resolve, reject) => reject('12') };
  print(show(w45));
  function f46(a47, a48 = ({})?.[1], ...r49) {
    tick();
    print(show(((p50 = true) => Math.sign(0.1))(...[a47], String(JSON.stringify(({ ['😀!']: a47 }), null, 1)))));
    switch ((+-1)) {
      default: {
        const v51 = clip(Math.imul(([255].length ^ [a47].length), a48));
        print(show(r49.push(String(JSON.stringify(({ b: a47, 1: null }))))));
        print(show([-3n].map(x52 => (true ?? undefined)).concat([a47])));
      }
      case `<${'-0'}|${'😀!'}>`: {
      }
    }
    return r49.map(x53 => '0x1f').at(2);
  }
  return false;
};
task44().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  let i1 = 4;
  l2: while (i1-- > 0) {
    tick();
    function f3(a4, a5 = ' 7 ', ...r6) {
      tick();
      try {
        const f7 = (a8, a9 = (undefined ?? a5), ...r10) => {
          tick();
          if ((!a4)) throw ((p11 = 1e-7) => true)(null);
          return a8;
        };
      }
      catch (e12) {
        print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
      }
      finally {
        print('finally');
      }
      return Object.fromEntries(new Map([]))?.[1];
    }
  }
  print(show(new Map([[null, Math.floor(i1)], [2, (255 | 0).toString(29)]])));
  print(`i1 ${show(i1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  if ('12'.length) {
    const [d13 = new Map([[NaN, null]]).get(-1), d14, ...d15] = [' 7 '].slice(1, 0).toSorted();
    if (('😀!' < ((p16 = ' 7 ') => undefined)(...[3], true))) throw new RangeError(`<${NaN}|${' 7 '}>`);
    try {
      switch (BigInt.asUintN(55, -3n)) {
        case `<${d13}|${'😀!'}>`: {
          print(show(((p17 = d13) => p17)(...[d13], String(0b101))));
        }
        default: {
        }
        case (d14 & 0b101): {
        }
      }
      throw ({ key: null, 0: d14 })?.a;
    }
    catch (e18) {
      print(`caught ${show(e18)} ${e18 instanceof TypeError}`);
    }
    finally {
      print('finally');
    }
  }
  else {
  }
  print(show(((BigInt.asUintN(19, 255n) % (7n % 12345678901234567890n)) * ((255n % 255n) % 0n))));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  let v19 = clip([255, -0].join('B').split('😀!').map(x20 => x20));
  let n22 = 0;
  for (const x21 of new Set(['a', '😀!'])) {
    tick();
    if (++n22 > 6) break;
    if ('a-b'.replace(/(\w)(\w)?/g, (m, ...more) => `${m}${more.length}`)) {
      const f24 = function (a25, a26 = x21, ...r27) {
        tick();
        return (new Map([]).has(null) ? 255 : '');
      };
    }
  }
  print(show(((1.5 % 2) / (~v19.lastIndexOf('😀!')))));
  print(`v19 ${show(v19)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
const task28 = async () => {
  print('task 0 step 0');
  await Promise.race([new Promise(resolve => resolve(later(3, new Map([]).get('-0')))), Promise.race([later(3, new Map([[1.5, 0xff]]).get(undefined)), later(3, true)]), new Map([]).get(undefined)]);
  const f29 = (a30, a31 = false, ...r32) => {
    tick();
    let [d33, d34] = ['0x1f', 0b101];
    [d33, d34] = [d34, d33];
    if (Number.isInteger(false)) throw new Error('😀!'.replace(/(\w)(\w)?/, '<$&$1>'));
    let v36 = clip(('-0'.concat(a30).length < Math.floor((+1e-7))));
    const v37 = clip(String((' 7 ' || d34)));
    return 'a-b'.concat(d34);
  };
  const v38 = clip('a-b');
  print('task 0 step 1');
  const w43 = await Promise.resolve(later(0, 'a')).then(x => (print(`c39 ${show(x)}`) ?? Promise.resolve(later(1, v38)).finally(() => (print('c40') ?? later(0, v38))))).then(x => (print(`c41 ${show(x)}`) ?? Promise.race([later(2, (false ? 7 : null))]))).catch(e => (print(`c42 ${show(e)}`) ?? new Promise((resolve, reject) => reject(new Map([]).get(true)))));
  print(show(w43));
  print('task 0 step 2');
  await { then: (resolve, reject) => later(2, ({ 0: true })?.key).then(resolve) };
  return (1n ?? 7n);
};
task28().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task44 = async () => {
  print('task 1 step 0');
  print(' 7 '.slice(-3) + show(await later(0, (undefined ?? 10))) + show(await 255n));
  let v45 = clip((/[a-z]+/.test('0x1f'.padEnd(1, '-0')) ? (1_000 || 0.1) : [...[], 12345678901234567890n][2]));
  const { a: d46 = 7, [`k${'ey'}`]: d47, ...d48 } = ({ 1: v45 });
  const v49 = clip((-3n ^ (-3n | (255n - -3n))));
  return (d46 ?? v45);
};
task44().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

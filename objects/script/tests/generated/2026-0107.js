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
  const f1 = function (a2, a3 = 1e-7, ...r4) {
    tick();
    try {
      const [d5 = ' 7 ', d6, ...d7] = ['a', a3, 2147483647];
      const v8 = clip(r4);
      const f9 = function (a10, a11 = 255, ...r12) {
        tick();
        print(show(((p13 = ' 7 ') => [1.5, 7, 'a-b'].slice(-1, 3).at(-1))(...[d5], a3)));
        return d5;
      };
    }
    finally {
      print('finally');
    }
    return (a3 && -2.5);
  };
  print(show(Object.fromEntries(new Map([[2, true]]))));
  print(`f1 ${show(f1)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  const f14 = function (a15, a16 = ({})?.[1], ...r17) {
    tick();
    const f18 = function (a19, a20 = new Map([['null', ' 7 '], [a16, 0xff]]).get(a16), ...r21) {
      tick();
      const v22 = clip((-9007199254740993n >= Math.imul(1, 2147483647)));
      if (v22) throw new Error('B');
      a19 = clip((a19 && a20));
      const f23 = (a24, a25 = (false ? 'é' : a19), ...r26) => {
        tick();
        let v27 = clip([]);
        let v28 = clip(new Set(Array.from('😀!'.substring(2, 5))));
        return new Map(Object.entries(({ 0: a15, key: 'null' }))).get(a15);
      };
      return 'a-b';
    };
    return a16;
  };
  print(show([0n]));
  print(`f14 ${show(f14)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
try {
  if (('0x1f'.length === [].indexOf(undefined))) throw 'null';
  let v29 = clip(`<${((p30 = 1) => -3n)(...[false], 0)}|${(('key' in ({ key: undefined })) ? 'null'.substring(0, 0) : String(JSON.stringify(3, null, 1)))}>`);
  print(show(new Set([undefined, '0x1f'].filter(x31 => (-2.5 === 7) || x31 < 'null'))));
  print(`v29 ${show(v29)}`);
}
catch (e) {
  print(`section 2: ${show(e)}`);
}
try {
  if (`<${'12'}|${' 7 '}>`) {
    switch ([undefined, '0x1f'].join('null')) {
      default: {
        if (new Set([]).has(('😀!' || 'a'))) throw new RangeError((true ? ' 7 ' : '0x1f'));
        const v32 = clip(([1n, null].at(3) ?? ['é', null, 0.1].toReversed()[0]));
        const v33 = clip((v32 && (1_000 ?? (false ? null : 1n))));
        if (v33) {
        }
        else {
        }
      }
      case (true ?? 'a'): {
      }
      case 'x,y,z': {
        break;
      }
      case (true ? 0 : 1.5): {
      }
    }
  }
  else {
  }
  print(show(['']));
}
catch (e) {
  print(`section 3: ${show(e)}`);
}
const task34 = async () => {
  print('task 0 step 0');
  const w37 = await Promise.any([later(1, ((p35 = 0b101) => 'a-b')(...[true], 255)), Promise.resolve(later(2, (undefined ?? 2147483647))).then(x => (print(`c36 ${show(x)}`) ?? later(2, (undefined ?? 1e-7)))), Promise.all([later(3, (undefined ?? 2147483647))])]);
  print(show(w37));
  try {
    const f38 = function (a39, a40 = ((p42 = 255) => p42)('null', 12345678901234567890n), ...r41) {
      tick();
      const [d43 = r41.at(-2), d44, ...d45] = [a40, 0n].filter(x46 => (7 < 0.1) || x46 !== a40);
      const f47 = function (a48, a49 = (true ? null : undefined), ...r50) {
        tick();
        print(show(r50.push(({ a: 4294967296 })?.[0])));
        if ((!a40)) return a48;
        if (/a/.test((255).toExponential(7))) return new Map([[a39, 1.5], [d43, a39]]).get(new Map([[a40, undefined]]).get(2147483647));
        return (true ? 'x,y,z' : 'é');
      };
      return -2.5;
    };
    throw new Error(String(255));
  }
  catch (e51) {
    print(`caught ${show(e51)} ${e51 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  return (2147483647 ?? ' 7 ');
};
task34().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

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
  try {
    const v1 = clip([...'B'.split('a-b'), 7].slice(0, -1));
    let [d2, d3] = [((p5 = true) => 'null')(), 0.1];
    [d2, d3] = [d3, d2];
    switch ('0x1f') {
      default: {
        let n7 = 0;
        for (const x6 of v1) {
          tick();
          if (++n7 > 6) break;
          const v9 = clip([d3, '12', '😀!'].toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)).toSorted((x, y) => (String(x) < String(y) ? 1 : String(x) > String(y) ? -1 : 0)));
        }
      }
      case '0x1f': {
      }
      case Math.sqrt(3): {
      }
      case '0x1f': {
        break;
      }
    }
    throw 0.1;
  }
  catch (e10) {
    print(`caught ${show(e10)} ${e10 instanceof TypeError}`);
  }
  finally {
    print('finally');
  }
  print(show(new Map([[255n, ((p11 = null) => ' 7 ')('é', [' 7 '][0])], [255n, ((undefined ?? 'null') || (true ? '12' : 'null'))]])));
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  try {
    print(show((true ? 'x,y,z' : 'é').trimEnd().substring(1, 4)));
    print(show((1_000).toFixed(2)));
    try {
      throw new RangeError([7, '-0'].join('B'));
    }
    finally {
      print('finally');
    }
  }
  catch (e12) {
    print(`caught ${show(e12)} ${e12 instanceof TypeError}`);
  }
  print(show(({})?.a));
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
for (let i = 0; i < 60; i += 1) await null;
print('end');

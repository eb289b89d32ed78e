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
  const [d1 = ({ a: undefined })?.key, d2, ...d3] = `<${3}|${'0x1f'}>`.split(/\d+/);
  const f4 = function (a5, a6 = false, ...r7) {
    tick();
    const f8 = function (a9, a10 = 0b101, ...r11) {
      tick();
      const f12 = function (a13, a14 = (false ? a10 : a9), ...r15) {
        tick();
        print(show(((4294967296 >> 1.5) / (1 / -0))));
        function f16(a17, a18 = d1, ...r19) {
          tick();
          return a10;
        }
        return Math.imul(1e21, true);
      };
      return (d1 < null);
    };
    return (a5 || a6);
  };
  print(show(('0' in Object.assign({}, Object.assign({}, ({ key: true }), ({ 0: d2, a: 10, key: d2 })), ({ ...({ ['a-b']: undefined, 1: d2, key: d1 }), ...({ 1: d2, b: 255 }) })))));
  print(`f4 ${show(f4)}`);
  print(`d2 ${show(d2)}`);
  print(`d1 ${show(d1)}`);
  print(`d3 ${show(d3)}`);
}
catch (e) {
  print(`section 0: ${show(e)}`);
}
try {
  print(show(({})));
  const f20 = (a21, a22 = (undefined ?? '0x1f'), ...r23) => {
    tick();
    if ([].concat(r23).every(x24 => (2147483647 !== '12') || x24 < a21)) throw new RangeError((typeof NaN));
    let v25 = clip((typeof (typeof true)));
    return a21;
  };
  print(show([1.5]));
  print(`f20 ${show(f20)}`);
}
catch (e) {
  print(`section 1: ${show(e)}`);
}
const task26 = async () => {
  print('task 0 step 0');
  await later(1, new Map([[true, '12'], ['a-b', null]]).get(null));
  const v27 = clip(Number([4294967296, true].join('').replaceAll('', '[$&]')));
  const f28 = function (a29, a30 = (null && '😀!'), ...r31) {
    tick();
    let [d32, d33] = [0n, ''];
    [d32, d33] = [d33, d32];
    const f35 = (a36, a37 = d32, ...r38) => {
      tick();
      return a37;
    };
    return (d32 || d33);
  };
  print('task 0 step 1');
  const w39 = await later(3, ' 7 ');
  print(show(w39));
  return 3;
};
task26().then(x => print(`task 0 gave ${show(x)}`), e => print(`task 0 threw ${show(e)}`));
const task40 = async () => {
  print('task 1 step 0');
  const w41 = await { then: (resolve, reject) => reject(-1) };
  print(show(w41));
  print(show(new Set([].flatMap((x, i) => [i, x]).map(x42 => [1_000, '😀!', 'B'][0]))));
  let v43 = clip(new Set([true, '']));
  print(show(((p44 = undefined) => (((p45 = p44) => 'é')(p44) && p44))()));
  const v46 = clip(((({ 1: '0x1f' })?.a ?? false) ?? (new Map([]).get(4294967296) ?? (7n ?? ''))));
  print('task 1 step 1');
  print(''.padEnd(6, '0x1f') + show(await new Promise(resolve => resolve(new Promise(resolve => resolve(later(0, v46)))))) + show(await true));
  if (v46) {
    let v47 = clip(`<${(false ? 'é' : '0x1f')}|${`<${v46}|${(typeof 'B')}>`}>`);
    const v48 = clip(new Map(Object.entries(({ 1: v46 }))));
  }
  else {
  }
  return v46;
};
task40().then(x => print(`task 1 gave ${show(x)}`), e => print(`task 1 threw ${show(e)}`));
for (let i = 0; i < 60; i += 1) await null;
print('end');

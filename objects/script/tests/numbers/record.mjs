// Records what Node makes of numbers: `node record.mjs [SEED]` writes the tables next to itself.
// Numbers stand in the tables as the 16 hexadecimal digits of their bits, so that no reader of JSON
// rounds them.
import { writeFileSync } from 'node:fs';

const seed = Number(process.argv[2] ?? 1);
let state = seed >>> 0;
// Mulberry32.
const random32 = () => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
};
const below = (n) => random32() % n;
const view = new DataView(new ArrayBuffer(8));
const bits = (x) => {
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};
const fromBits = () => {
  view.setUint32(0, random32());
  view.setUint32(4, random32());
  return view.getFloat64(0);
};
const next = (x, step) => {
  view.setFloat64(0, x);
  view.setBigUint64(0, view.getBigUint64(0) + BigInt(step));
  return view.getFloat64(0);
};
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

const special = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.1, 0.2, 0.3, 1.005, 1.45, 8.345, 10.235, 25, 35, 45,
  123.456, 1e21, -1e21, 1e20, 999999999999999900000, 1e23, 5e-324, -5e-324, 2.2250738585072014e-308,
  1.7976931348623157e308, -1.7976931348623157e308, 2 ** 53, 2 ** 53 - 1, 2 ** 53 + 2, 4294967295,
  4294967296, -2147483648, 1e-7, 1e-6, 0.000001234, 123456789012345680000, 0.9999999, 0.99999, 9.5,
  99.5, 999.5, 1 / 3, 2 / 3, Math.PI, Math.E, NaN, Infinity, -Infinity,
];
const some = () => {
  switch (below(7)) {
    case 0: return fromBits();
    case 1: return (below(2000001) - 1000000) / 10 ** below(9);
    case 2: return (below(20001) - 10000) + 0.5;
    case 3: return next(10 ** (below(44) - 22), below(3) - 1);
    case 4: return next(2 ** (below(120) - 60), below(3) - 1);
    case 5: return below(4294967296) * 2 ** (below(40) - 20);
    default: return (random32() / 4294967296) * 10 ** (below(12) - 5);
  }
};
const values = [...special, ...times(400, some)];
const write = (name, table) => {
  const lines = table.map((row) => JSON.stringify(row)).join(',\n');
  writeFileSync(new URL(`${name}.json`, import.meta.url), `[\n${lines}\n]\n`);
};

// [function, bits, argument or null, text]
write('format', values.flatMap((x) => {
  const digits = below(101);
  const few = below(8);
  return [
    ['toString', bits(x), null, String(x)],
    ['toFixed', bits(x), few, x.toFixed(few)],
    ['toFixed', bits(x), digits, x.toFixed(digits)],
    ['toExponential', bits(x), null, x.toExponential()],
    ['toExponential', bits(x), few, x.toExponential(few)],
    ['toPrecision', bits(x), few + 1, x.toPrecision(few + 1)],
    ['toPrecision', bits(x), Math.max(digits, 1), x.toPrecision(Math.max(digits, 1))],
  ];
}));

// [bits, radix, text]
write('radix', values.flatMap((x) => [2, 3 + below(13), 16, 17 + below(19), 36].map((radix) => [
  bits(x), radix, x.toString(radix),
])));

// [function, text, radix or null, bits]
const spaces = ['', '', '', ' ', '\t\n', '\u00a0', '\ufeff', '\u2003'];
const tails = ['', '', '', 'px', '.', 'e', 'e+', '_1', 'n', '\u0661', ' 1', '\u180e'];
const pick = (list) => list[below(list.length)];
const texts = [
  '', ' ', '.', '+', '-', '+.5', '-.5', '5.', '.e1', '0x', '0X1f', '0b101', '0o17', '-0x1', '0b2', '1e1000',
  '-1e1000', '1e-1000', 'Infinity', '-Infinity', '+Infinity', 'infinity', 'Infinit', 'NaN', 'nan',
  '1_000', '00012', '1e', '1e5', '1E+5', '--1', '+-1', '1 2', '9007199254740993', '0x20000000000001',
  '0x20000000000003', '2.2250738585072011e-308', '4.9e-324', '2.4703282292062327e-324',
  '2.4703282292062328e-324', '1.7976931348623158e308', '1.7976931348623159e308',
  `0.${'0'.repeat(400)}1`, '9'.repeat(400), `${'1'.repeat(30)}.${'5'.repeat(30)}`,
  ...times(500, () => {
    const x = some();
    const body = pick([
      () => String(x),
      () => x.toExponential(below(40)),
      () => (Math.abs(x) < 1e21 ? x.toFixed(below(40)) : String(x)),
      () => x.toPrecision(1 + below(60)),
      () => `0x${random32().toString(16)}${random32().toString(16)}${random32().toString(16)}`,
      () => `${below(100)}.${below(1000)}e${below(700) - 350}`,
    ])();
    return pick(spaces) + body + pick(tails) + pick(spaces);
  }),
];
write('parse', texts.flatMap((text) => {
  const radix = 2 + below(35);
  return [
    ['Number', text, null, bits(Number(text))],
    ['parseFloat', text, null, bits(parseFloat(text))],
    ['parseInt', text, 0, bits(parseInt(text))],
    ['parseInt', text, radix, bits(parseInt(text, radix))],
  ];
}).concat(times(500, () => {
  const radix = 2 + below(35);
  const text = times(1 + below(30), () => below(radix).toString(radix)).join('');
  return ['parseInt', text, radix, bits(parseInt(text, radix))];
})));

// [function, bits of the arguments, bits of the result]
const one = ['abs', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cbrt', 'ceil', 'clz32', 'cos',
  'cosh', 'exp', 'expm1', 'floor', 'fround', 'log', 'log10', 'log1p', 'log2', 'round', 'sign', 'sin',
  'sinh', 'sqrt', 'tan', 'tanh', 'trunc'];
const near = () => (random32() / 4294967296) * 2 - 1;
const argument = (name) => {
  if (['acos', 'asin', 'atanh'].includes(name)) return near();
  switch (below(4)) {
    case 0: return some();
    case 1: return near() * 700;
    case 2: return near();
    default: return near() * 10;
  }
};
const row = (name, ...args) => [name, args.map(bits), bits(Math[name](...args))];
const halves = [-0.5, 0.49999999999999994, 4503599627370495.5, -4503599627370495.5, 2147483648.5];
write('math', [
  ...one.flatMap((name) => [
    ...[...special, ...halves].map((x) => row(name, x)),
    ...times(80, () => row(name, argument(name))),
  ]),
  ...['atan2', 'pow', 'imul', 'hypot', 'max', 'min'].flatMap((name) => [
    ...special.flatMap((x) => times(6, () => row(name, x, pick(special)))),
    ...times(300, () => row(name, argument(name), argument(name))),
  ]),
  ...times(200, () => row('pow', below(100), below(40) - 20)),
  ...times(200, () => row('pow', Math.abs(some()), near() * 5)),
  ...times(100, () => row('hypot', ...times(below(6), () => near() * 100))),
  ...times(30, () => row('max', ...times(below(5), some))),
  ...times(30, () => row('min', ...times(below(5), some))),
]);
console.log(`recorded with seed ${seed}`);

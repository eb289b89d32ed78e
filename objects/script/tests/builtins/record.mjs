// Records what Node's built-in functions give: `node record.mjs [SEED]` writes the tables next to
// itself. A row is [path, receiver, arguments, result or error, regular expressions' lastIndex].
//
// Values: {u} undefined, null, true, false, {n: bits} a number, {s: text} or {w: code units} a
// string, {b: digits} a BigInt, {a: items, m: index, groups} an array, {o: entries} an object,
// {r: [pattern, flags, lastIndex]} a regular expression, {e: text} what was thrown.
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
const below = n => random32() % n;
const pick = list => list[below(list.length)];
const times = (n, make) => Array.from({ length: n }, (_, i) => make(i));

const view = new DataView(new ArrayBuffer(8));
const bits = x => {
  // There is one NaN; Node's have many bits.
  if (Number.isNaN(x)) return '7ff8000000000000';
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
};
const coded = value => {
  if (value === undefined) return { u: 0 };
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return { n: bits(value) };
  if (typeof value === 'bigint') return { b: String(value) };
  if (typeof value === 'string') {
    return value.isWellFormed() ? { s: value } : { w: value.split('').map(c => c.charCodeAt(0)) };
  }
  if (value instanceof RegExp) return { r: [value.source, value.flags, value.lastIndex] };
  if (Array.isArray(value)) {
    const row = { a: value.map(coded) };
    if ('index' in value) row.m = [value.index, coded(value.groups)];
    return row;
  }
  if (typeof value[Symbol.iterator] === 'function') return { a: [...value].map(coded) };
  return { o: Object.entries(value).map(([key, item]) => [coded(key), coded(item)]) };
};

const rows = [];
const row = (path, receiver, args, call) => {
  const given = coded(receiver);
  const argued = args.map(coded);
  let result;
  try {
    result = coded(call());
  } catch (error) {
    result = { e: `${error.name}: ${error.message.toWellFormed()}` };
  }
  const last = [receiver, ...args].filter(x => x instanceof RegExp).map(x => x.lastIndex);
  rows.push([path, given, argued, result, last]);
};
const method = (kind, name, receiver, ...args) => {
  row(`${kind}.prototype.${name}`, receiver, args, () => receiver[name](...args));
};
const call = (path, ...args) => {
  row(path, undefined, args, () => {
    const [first, second] = path.split('.');
    return second ? globalThis[first][second](...args) : globalThis[first](...args);
  });
};
const write = name => {
  const lines = rows.splice(0).map(x => JSON.stringify(x)).join(',\n');
  writeFileSync(new URL(`${name}.json`, import.meta.url), `[\n${lines}\n]\n`);
};

const letters = ['a', 'b', 'A', 'B', ' ', '\t', '\u00a0', '\ufeff', 'é', 'e\u0301', 'ß', 'ﬁ', 'Σ',
  'İ', 'ı', 'ǰ', 'ǅ', '가', '\u1100\u1161', 'Å', '\u0323\u0307', '😀', '\ud83d', '\ude00', '𐐀', '1',
  '-', '%', '"', '\\', '\n', '\u2028', '\u0000'];
const text = () => times(below(9), () => pick(letters)).join('');
const small = () => times(below(9), () => pick(['a', 'b'])).join('');
const place = () => pick([undefined, 0, 1, 2, 3, 5, 8, -1, -2, -20, 1.7, -0.5, NaN, Infinity,
  -Infinity, '2', null, true, 2 ** 32, 2 ** 53, -(2 ** 40), 'x']);
const needle = () => pick([small, small, text, () => undefined, () => null, () => 1, () => ''])();
const maybe = make => (below(3) ? [make()] : []);

for (let i = 0; i < 60; i += 1) {
  for (const name of ['at', 'charAt', 'charCodeAt', 'codePointAt']) {
    method('String', name, text(), ...maybe(place));
  }
  for (const name of ['slice', 'substring']) method('String', name, text(), place(), ...maybe(place));
  for (const name of ['trim', 'trimStart', 'trimEnd', 'toLowerCase', 'toUpperCase', 'isWellFormed',
    'toWellFormed', 'toString', 'valueOf']) {
    method('String', name, text());
  }
  for (const name of ['includes', 'startsWith', 'endsWith', 'indexOf', 'lastIndexOf']) {
    method('String', name, small() + small(), needle(), ...maybe(place));
    method('String', name, text() + small(), needle(), ...maybe(place));
  }
  method('String', 'concat', text(), ...times(below(3), needle));
  method('String', 'normalize', text() + text(), ...maybe(() => pick(['NFC', 'NFD', 'NFKC', 'NFKD', undefined, 'nfc', null])));
  const size = () => pick([0, 1, 3, 10, 20, -1, NaN, '7', 2.9, undefined, -Infinity]);
  method('String', 'padStart', text(), size(), ...maybe(needle));
  method('String', 'padEnd', text(), size(), ...maybe(needle));
  method('String', 'repeat', text(), pick([0, 1, 3, -1, 2.9, NaN, Infinity, '2', -Infinity, -0.5, undefined]));
  method('String', 'split', small() + text(), needle(), ...maybe(place));
  call('String.fromCharCode', ...times(below(4), () => pick([65, 0x1f600, -1, 0xd83d, 1.9, '66', NaN, 2 ** 33 + 67])));
  call('String.fromCodePoint', ...times(below(4), () => pick([65, 0x1f600, 0xd83d, '66', 0x10ffff, 0x110000, -1, 1.5, NaN, -0, Infinity])));
}
for (const c of ['ΑΣ', 'ΑΣ.', 'Σ', 'ΑΣΑ', 'ΑΣ\ud800', 'Α\u0301Σ', "Α'Σ", 'ΑΣ\u0301Β']) method('String', 'toLowerCase', c);
for (const name of ['repeat', 'padStart', 'padEnd']) method('String', name, 'ab', 2 ** 30);
for (const name of ['includes', 'startsWith', 'endsWith', 'matchAll']) method('String', name, 'ab', /a/);
write('strings');

const patterns = [/a/, /a/g, /b*/g, /(a)|(b)/g, /(?<x>a)(?<y>b)?/, /(?<x>a)(?<y>b)?/g, /(?:)/g, /(?:)/gu,
  /./gu, /./gsy, /[^a]/y, /a(?=)?/, /b/dg, /(a)(b)?/d, /^/gm, /$/, /a|ab/g, /\s+/, /(-)/, /[ab]/gi];
const fresh = () => {
  const { source, flags } = pick(patterns.filter(p => !p.source.includes('?=')));
  const made = new RegExp(source, flags);
  made.lastIndex = pick([0, 0, 0, 1, 2, 3, 20]);
  return made;
};
const template = () => times(below(4), () => pick(['$', '$$', '$&', '$`', "$'", '$1', '$2', '$01', '$10', '$0', '$<x>', '$<z>', '$<', 'x', '😀'])).join('');
for (let i = 0; i < 250; i += 1) {
  const subject = below(2) ? small() + pick(['', '-', '\n', '😀']) + small() : text();
  method('RegExp', 'exec', fresh(), subject);
  method('RegExp', 'test', fresh(), subject);
  method('String', 'match', subject, pick([fresh, fresh, small, () => undefined])());
  method('String', 'matchAll', subject, pick([fresh, fresh, small])());
  method('String', 'search', subject, pick([fresh, small])());
  method('String', 'split', subject, fresh(), ...maybe(() => pick([undefined, 0, 1, 2, -1, 100])));
  for (const name of ['replace', 'replaceAll']) {
    const args = [subject, pick([fresh, fresh, needle])(), below(5) ? template() : needle()];
    const path = name === 'replace' ? '$stringReplace' : '$stringReplaceAll';
    row(path, undefined, args, () => args[0][name](args[1], args[2]));
  }
}
method('RegExp', 'exec', /1,2/, [1, 2].join());
for (const regexp of patterns.slice(0, 10)) method('RegExp', 'toString', regexp);
write('patterns');

const leaf = () => pick([0, -0, 1.5, NaN, Infinity, 1e21, true, null, undefined, 'x', '', text(), text()]);
const data = depth => {
  if (depth === 0 || below(4) === 0) return leaf();
  if (below(2)) return times(below(4), () => data(depth - 1));
  return Object.fromEntries(times(below(4), () => [pick(['a', 'b', '10', '2', 'c d', '', 'toString', text()]), data(depth - 1)]));
};
for (let i = 0; i < 250; i += 1) {
  const value = data(4);
  const list = pick([undefined, undefined, null, ['a', 'b', 'b', 10], [], 'a']);
  const space = pick([undefined, undefined, 2, 20, -1, 1.9, NaN, '--', 'a longer gap', '', true]);
  row('$jsonText', undefined, [value, list, space], () => JSON.stringify(value, list, space));
}
row('$jsonText', undefined, [{ a: 1n }], () => JSON.stringify({ a: 1n }));
const parse = source => row('$jsonParse', undefined, [source], () => JSON.parse(source));
const damaged = source => {
  const at = below(source.length + 1);
  const rest = source.slice(at + below(2));
  return source.slice(0, at) + pick(['', ...'{}[]:,"\\ 01-.eEtn\n\u0001😀x', '\\u', 'null', '1e']) + rest;
};
for (let i = 0; i < 250; i += 1) {
  const source = JSON.stringify(data(4), undefined, pick([undefined, 1])) ?? 'undefined';
  parse(source);
  parse(damaged(source));
  parse(damaged(pick([source, '[1,-2.5e+10,"a\\u00e9\\n",true,false,null,{"k":[]}]', '{"a":{"b":[1,{"c":"d"}]},"e":"\\"f"}', '-0.5E-3', '"\\ud83d\\ude00"', 'true', ' nul '])));
}
for (const source of ['', '{', '[', '{"a"', '{"a":', '{"a":1', '{"a":1,', '[1', '[1,', '"', '"\\', '"\\u', '-', '01', '-01', '1.', '1e', '1e+', 'tru', 'truE', 'nul1', 'nul"', 'undefined', 'NaN', 'Infinity', '[object Object]', '{"__proto__":1}', '{"a":1,"a":2}', '{"2":1,"1":2,"b":3,"a":4}', '\u00a01', '1\u2028', "'a'", '{"a":1,"b"}', '{"a":1,"b"', '{"a":1,"b"2', '{"a":1,"b"x', '{"a"x', '"\\é"', '"\\Ā"', '"\\u00é"', '"\\u00Ā"', '{"a":1 x']) parse(source);
for (const size of [18, 19, 20, 21, 22, 40]) {
  for (let at = 0; at < size; at += 1) parse(`${' '.repeat(at)}x${' '.repeat(size - at - 1)}`);
}
write('json');

for (let i = 0; i < 120; i += 1) {
  for (const name of ['encodeURIComponent', 'encodeURI']) call(name, pick([text() + text(), ';/?:@&=+$,#', "-_.!~*'()", 'a b']));
  const source = text().toWellFormed() + pick(['', ';/?#', '€']);
  const encoded = pick([encodeURIComponent, encodeURI])(source);
  const bad = () => {
    const at = below(encoded.length + 1);
    return encoded.slice(0, at) + pick(['%', '%4', '%zz', '%80', '%C0%80', '%E2%82', '%ED%A0%80', '%F0%9F', '%2f', '%23', '\ud800']) + encoded.slice(at + below(2));
  };
  for (const name of ['decodeURIComponent', 'decodeURI']) {
    call(name, encoded);
    call(name, bad());
  }
}
const numbers = [0, -0, 1, 1.5, -2.5, NaN, Infinity, 2 ** 53, 1e21, 1e-7, 123.456];
const others = [...numbers, undefined, null, true, '', ' 12 ', '0x1f', 'x', 1n, -(2n ** 70n)];
for (const x of others) {
  for (const name of ['isNaN', 'isFinite', 'parseInt', 'parseFloat', 'Number', 'String', 'Boolean', 'BigInt', 'Number.isInteger', 'Number.isSafeInteger', 'Number.isNaN', 'Number.isFinite', 'Math.round', 'Math.sign', 'Math.max', 'Math.hypot', 'Math.clz32']) call(name, x);
  call('Math.max', 1, x, 2);
  call('parseInt', '1f', x);
}
for (const name of ['Number', 'String', 'Boolean', 'BigInt', 'Math.max', 'Math.min', 'Math.hypot', 'parseInt']) call(name);
for (const source of ['12', ' -12 ', '0xff', '0b11', '0o17', '-0x1', '1.5', '1e3', '1n', '', ' ', '+5', '12x', '0x']) call('BigInt', source);
for (const x of numbers) {
  for (const d of [undefined, 0, 1, 2.9, 20, 100, 101, -1, '3', NaN, null]) {
    for (const name of ['toFixed', 'toPrecision', 'toExponential']) method('Number', name, x, d);
  }
  for (const r of [undefined, 2, 10, 16.5, 36, 1, 37, '8', null]) method('Number', 'toString', x, r);
  method('Number', 'valueOf', x);
}
for (const x of [0n, 1n, -1n, 255n, -256n, 2n ** 64n - 1n, -(2n ** 63n), 10n ** 40n]) {
  for (const r of [undefined, 2, 10, 16, 36, 1, 37, NaN]) method('BigInt', 'toString', x, r);
  for (const n of [0, 1, 8, 63, 64, 65, 200, -1, 1.9, '8', 2 ** 53, undefined]) {
    call('BigInt.asIntN', n, x);
    if (x >= 0n || n !== 2 ** 53) call('BigInt.asUintN', n, x);
  }
}
call('BigInt.asIntN', 8, 1);
call('BigInt.asIntN', 8, '300');
call('BigInt.asIntN', 8, true);
method('BigInt', 'valueOf', 5n);
method('Boolean', 'toString', true);
method('Boolean', 'valueOf', false);
write('others');
console.log(`recorded with seed ${seed}`);

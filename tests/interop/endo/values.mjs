// Every kind of value of the model, and an equality that tells them all apart.

import {
  Far, bytesFromImmutable, bytesToImmutable, makeSelector, makeTagged, passStyleOf,
} from './endo.mjs';

const bytes = (...octets) => bytesToImmutable(Uint8Array.from(octets));

/** Fills a byte string whose every octet depends on its place. */
export const pattern = length => {
  const filled = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) filled[i] = (i * 31 + (i >> 8)) & 0xff;
  return bytesToImmutable(filled);
};

/** Nests a list so many deep. */
export const nested = depth => {
  let value = harden([]);
  for (let i = 0; i < depth; i += 1) value = harden([value]);
  return value;
};

const digits = count => BigInt('7'.repeat(count));

/** The name of the one value here that is larger than a read of a socket. */
export const BIG = '64 KiB of octets';

/** [name, value]; all of them survive the way there and back. */
export const values = [
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['false', false],
  ['zero', 0n],
  ['a small integer', 42n],
  ['a negative integer', -42n],
  ['an integer past 64 bits', 2n ** 64n],
  ['a negative integer past 64 bits', -(2n ** 64n) - 1n],
  ['an integer of 1,000 digits', digits(1000)],
  ['a negative integer of 1,000 digits', -digits(1000)],
  ['float 0', 0],
  ['float 1.5', 1.5],
  ['float -1.5', -1.5],
  ['a whole float', 7],
  ['the smallest float', Number.MIN_VALUE],
  ['the largest float', Number.MAX_VALUE],
  ['infinity', Infinity],
  ['minus infinity', -Infinity],
  ['NaN', NaN],
  ['the empty string', ''],
  ['an ASCII string', 'hello, "world" <12:3>'],
  ['a string of two-octet characters', 'zażółć gęślą jaźń'],
  ['a string of three-octet characters', '日本語 \u{ffff}\u{e000}'],
  ['a string with NUL', 'a\u0000b'],
  ['a long string', 'é'.repeat(5000)],
  ['a symbol', makeSelector('zoomracer')],
  ['the empty symbol', makeSelector('')],
  ['a symbol past U+FFFF', makeSelector('\u{1f40e}')],
  ['no octets', bytes()],
  ['octets', bytes(0, 1, 127, 128, 255)],
  ['octets that look like Syrup', bytes(0x5b, 0x31, 0x2b, 0x5d)],
  [BIG, pattern(64 * 1024)],
  ['the empty list', []],
  ['a list of every atom', [undefined, null, true, 1n, 1.5, 's', makeSelector('s'), bytes(1)]],
  ['lists in lists', [[[]], [[1n], [2n, [3n]]]]],
  ['a list 50 deep', nested(50)],
  ['a list of 2,000', Array.from({ length: 2000 }, (_, i) => BigInt(i))],
  ['the empty struct', {}],
  ['a struct', { name: 'Ada', age: 36n }],
  ['a struct whose keys are unsorted', { b: 2n, aa: 1n, a: 0n, 'é': 3n, Z: 4n, '': 5n }],
  ['structs in structs', { outer: { inner: { list: [{ deep: true }] } } }],
  ['a tagged value', makeTagged('decimal', '3.14')],
  ['a tagged list', makeTagged('point', [1n, 2n])],
  ['tags in tags', makeTagged('outer', makeTagged('inner', { x: undefined }))],
  ['an error', Error('boom')],
].map(([name, value]) => [name, harden(value)]);

/** Values so large that a peer without framing, which takes each chunk for a message, fails. */
export const largeValues = [
  ['an integer of 10,000 digits', digits(10_000)],
  ['1 MiB of octets', pattern(1024 * 1024)],
].map(([name, value]) => [name, harden(value)]);

const sameOctets = (a, b) => Buffer.compare(bytesFromImmutable(a), bytesFromImmutable(b)) === 0;

/** Says where two values differ, or nothing. References are compared by identity. */
export const difference = (a, b, at = 'value') => {
  const [styleA, styleB] = [passStyleOf(a), passStyleOf(b)];
  if (styleA !== styleB) return `${at} is a ${styleA} here and a ${styleB} there`;
  const differ = (x, y) => (Object.is(x, y) ? undefined : `${at}: ${String(x)}, ${String(y)}`);
  switch (styleA) {
    case 'byteArray':
      return sameOctets(a, b) ? undefined : `${at}: octets differ`;
    case 'copyArray': {
      if (a.length !== b.length) return `${at}: ${a.length} and ${b.length} elements`;
      for (let i = 0; i < a.length; i += 1) {
        const found = difference(a[i], b[i], `${at}[${i}]`);
        if (found) return found;
      }
      return undefined;
    }
    case 'copyRecord': {
      const keys = Object.keys(a).sort();
      const found = difference(harden(keys), harden(Object.keys(b).sort()), `${at}'s keys`);
      if (found) return found;
      for (const key of keys) {
        const inside = difference(a[key], b[key], `${at}.${key}`);
        if (inside) return inside;
      }
      return undefined;
    }
    case 'tagged':
      return (
        differ(a[Symbol.toStringTag], b[Symbol.toStringTag]) ??
        difference(a.payload, b.payload, `${at}'s payload`)
      );
    case 'error':
      return differ(a.message, b.message);
    default:
      return differ(a, b);
  }
};

/** A reference of ours to send and compare. */
export const makeTarget = name => Far(name, () => name);

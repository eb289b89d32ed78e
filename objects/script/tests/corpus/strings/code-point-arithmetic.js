const flag = cc => String.fromCodePoint(...[...cc].map(c => 0x1f1e6 + c.charCodeAt(0) - 65));
console.log(`${flag('DE').length} ${[...flag('DE')].length} ${flag('DE').codePointAt(0).toString(16)}`);
const bits = n => [...Array.from({ length: 8 }, (_, i) => (n >> (7 - i)) & 1)].join('');
const utf8 = s => [...s].flatMap(c => {
  const p = c.codePointAt(0);
  if (p < 0x80) return [p];
  if (p < 0x800) return [0xc0 | (p >> 6), 0x80 | (p & 63)];
  if (p < 0x10000) return [0xe0 | (p >> 12), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63)];
  return [0xf0 | (p >> 18), 0x80 | ((p >> 12) & 63), 0x80 | ((p >> 6) & 63), 0x80 | (p & 63)];
});
console.log(utf8('aé€😀').map(b => b.toString(16)).join(' ') + ' ' + bits(0xa5));

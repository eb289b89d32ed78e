const a = 'é';
const b = 'e\u0301';
console.log(`${a === b} ${a.normalize('NFD') === b} ${b.normalize() === a} ${b.length} ${b.normalize('NFC').length}`);
console.log('ﬁ①'.normalize('NFKC') + '\u212b'.normalize('NFKD').length);
try {
  a.normalize('nfc');
} catch (e) {
  console.log(e.name);
}

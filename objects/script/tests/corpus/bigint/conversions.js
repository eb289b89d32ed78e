console.log(`${BigInt(10)} ${BigInt('10')} ${BigInt('0xff')} ${BigInt('')} ${BigInt('  7  ')} ${BigInt(true)} ${BigInt('-5')}`);
console.log(`${Number(10n)} ${Number(2n ** 64n)} ${Number(9007199254740993n)} ${parseInt('12n')} ${String(5n)} ${Boolean(0n)} ${Number(2n ** 1024n)}`);
for (const v of ['1.5', 'abc', '1n', '--1', '0b2', 1.5, NaN, Infinity, undefined, null]) {
  try {
    console.log(`${BigInt(v)}`);
  } catch (e) {
    console.log(`${String(v)} ${e.name}`);
  }
}

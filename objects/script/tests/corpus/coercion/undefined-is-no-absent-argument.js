// What an object becomes as an argument is a number or a text, even where it becomes undefined.
const nothing = { valueOf: () => undefined, toString: () => undefined };
const one = { valueOf: () => 1, toString: () => 'b' };
console.log(JSON.stringify('abc'.split('', nothing)), JSON.stringify('abc'.split('b', one)));
console.log('abcdef'.slice(1, nothing) === '', 'abcdef'.slice(1, undefined), [1, 2, 3].slice(0, nothing).length);
console.log('an undefined text'.split(nothing).length, 'an undefined text'.indexOf(nothing));
console.log('ab'.padEnd(14, nothing), 'x'.concat(nothing), [1, 2].join(nothing));
console.log((10).toFixed(nothing), 'abc'.at(nothing), 'abc'.charAt(nothing), [1, 2, 3].lastIndexOf(3, nothing));
console.log(`${nothing}`, String(nothing), Number(nothing), nothing + 1, nothing + 'x', -nothing, nothing < 1);
for (const given of [nothing, undefined, { valueOf: () => NaN }]) {
  try {
    console.log(BigInt(given));
  } catch (error) {
    console.log(error.name);
  }
}
try {
  (10).toString(nothing);
} catch (error) {
  console.log(error.name);
}

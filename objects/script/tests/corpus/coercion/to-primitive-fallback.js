const a = { valueOf: () => ({}), toString: () => '7' };
const b = { valueOf: () => 8, toString: () => ({}) };
console.log(`${a + 1} ${a * 2} ${b + 1} ${String(b)} ${`${a}`}`);
try {
  `${{ valueOf: () => [], toString: () => ({}) }}`;
} catch (e) {
  console.log(e.name);
}
try {
  +{ valueOf: () => ({}), toString: () => ({}) };
} catch (e) {
  console.log(e.name);
}

// Where there is no object, a key is not asked what it is.
let asked = 0;
const key = { toString: () => { asked += 1; return 'a'; } };
let none;
for (const attempt of [
  () => null[key],
  () => none[key],
  () => { none[key] = 1; },
  () => { none[key] += 1; },
  () => none[key](),
  () => { delete none[key]; },
  () => none.a,
  () => none['b'],
  () => { none[1] = 2; },
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, asked);
  }
}
console.log(none?.[key], asked);
console.log({ a: 'found' }[key], asked);

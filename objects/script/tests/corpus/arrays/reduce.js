console.log(`${[1, 2, 3].reduce((a, b) => a + b)} ${[1, 2, 3].reduce((a, b) => a + b, 10)}`);
console.log([[1], [2, 3]].reduce((acc, x) => [...acc, ...x], []).join());
console.log(['a', 'b', 'c'].reduce((acc, x, i, all) => `${acc}${i}${x}${all.length}`, ''));
console.log(`${[7].reduce(() => 'never')} ${[].reduce(() => 'never', 'init')} ${[1].reduce((a, b) => `${a}${b}`, undefined)}`);
try {
  [].reduce((a, b) => a + b);
} catch (e) {
  console.log(e.name);
}

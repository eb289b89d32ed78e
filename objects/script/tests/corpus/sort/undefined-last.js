let calls = 0;
const xs = [undefined, 3, undefined, 1].sort((a, b) => {
  calls += 1;
  return a === undefined || b === undefined ? 99 : a - b;
});
console.log(`${xs.map(String).join()} ${calls}`);
console.log([null, 'n', undefined, 0].sort().map(String).join());

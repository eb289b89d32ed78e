const a = [1, 2, 3];
console.log([a.some(x => x > 2), a.some(x => x > 3), a.every(x => x > 0), a.every(x => x > 1)].join());
console.log([[].some(() => true), [].every(() => false)].join());
const seen = [];
a.some(x => {
  seen.push(x);
  return x === 2;
});
a.every(x => {
  seen.push(x);
  return x < 2;
});
console.log(seen.join());
console.log(`${a.some(() => 'yes')} ${a.every(() => 0)}`);

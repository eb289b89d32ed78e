const m = new Map([['a', 1], ['b', 2], ['c', 3]]);
const seen = [];
for (const [k] of m) {
  seen.push(k);
  if (k === 'a') {
    m.delete('b');
    m.set('d', 4);
  }
  if (k === 'd') m.set('e', 5);
}
console.log(seen.join());
const again = [];
m.forEach((v, k) => {
  again.push(k);
  if (k === 'a') {
    m.delete('a');
    m.set('a', 'later');
  }
  if (again.length > 8) m.clear();
});
console.log(again.join());

const log = [];
const o = n => ({ toString: () => {
  log.push(n);
  return n;
} });
console.log([o('b'), o('a')].sort().map(String).join());
console.log([[2, 1], [10], 'x', 1, null].sort().map(v => JSON.stringify(v)).join(' '));
console.log(['\ud83d\ude00', '\uffff', 'a'].sort().map(s => s.length).join());

const f = n => n > 10 ? 'a' : n > 5 ? 'b' : n > 0 ? 'c' : 'd';
console.log([11, 6, 1, -1].map(f).join(''));
console.log(`${true ? 1 : (() => {
  throw 1;
})()} ${[1, 2][true ? 1 : 0]}`);

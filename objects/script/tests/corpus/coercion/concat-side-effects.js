const log = [];
const s = n => ({ toString: () => {
  log.push(n);
  return n;
} });
console.log('' + s('a') + s('b') + `${s('c')}${s('d')}` + [s('e'), s('f')]);
console.log(log.join(''));
console.log('x'.concat(s('1'), s('2')) + 'abc'.replace(s('b'), s('B')) + 'q'.padStart(3, s('z')));

const s = 'banana';
console.log([s.indexOf('an'), s.indexOf('an', 2), s.indexOf('x'), s.indexOf(''), s.indexOf('', 3), s.indexOf('', 99), s.indexOf('a', -5)].join());
console.log([s.lastIndexOf('an'), s.lastIndexOf('an', 2), s.lastIndexOf('b', -1), s.lastIndexOf(''), s.lastIndexOf('x'), s.lastIndexOf('a', NaN)].join());
console.log([s.includes('nan'), s.includes('nan', 3), s.includes(''), s.startsWith('ban'), s.startsWith('nan', 2), s.endsWith('na'), s.endsWith('ban', 3), s.startsWith('', 99)].join());
console.log([`undefined`.indexOf(), 'null'.includes(null), '12'.indexOf(2)].join());
for (const f of [() => s.includes(/a/), () => s.startsWith(/b/), () => s.endsWith(/a/)]) {
  try {
    f();
  } catch (e) {
    console.log(e.name);
  }
}

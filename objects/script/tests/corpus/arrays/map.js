const a = [1, 2, 3];
console.log(a.map((x, i, all) => `${x}:${i}:${all === a}`).join(' '));
console.log(a.map(() => undefined).length + '');
const grown = [1, 2];
console.log(grown.map(x => {
  grown.push(x * 10);
  return x;
}).join() + ' ' + grown.join());

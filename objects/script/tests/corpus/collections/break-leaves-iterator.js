const it = new Set(['a', 'b', 'c', 'd']).values();
for (const x of it) {
  console.log(x);
  if (x === 'b') break;
}
console.log([...it].join());

const a = [3, 1, 2];
console.log(`${a.toSorted().join()} ${a.toReversed().join()} ${a.join()}`);
console.log(a.toSorted((x, y) => y - x).join());
console.log(`${a.toSpliced(1, 1, 'x', 'y').join()} ${a.toSpliced(0).length} ${a.toSpliced().join()}`);
console.log(`${a.with(0, 'new').join()} ${a.with(-1, 'last').join()} ${a.join()}`);
for (const i of [3, -4]) {
  try {
    a.with(i, 0);
  } catch (e) {
    console.log(e.name);
  }
}

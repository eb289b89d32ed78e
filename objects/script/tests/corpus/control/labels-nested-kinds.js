let n = 0;
a: while (true) {
  b: do {
    n += 1;
    for (const x of [1, 2, 3]) {
      if (x === 2 && n < 3) continue b;
      if (x === 2) break a;
      n += 10;
    }
  } while (n < 100);
}
console.log(`${n}`);
same: for (const x of [1]) same2: for (const y of [2]) {
  if (x < y) break same;
}
again: {
  console.log('label');
}

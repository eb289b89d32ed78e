const steps = n => {
  let k = 0;
  while (n !== 1) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    k += 1;
  }
  return k;
};
console.log([1, 2, 3, 7, 27, 97].map(steps).join());

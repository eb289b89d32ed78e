let seed = 7;
const next = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed;
};
const xs = Array.from({ length: 300 }, () => next() % 1000);
const ys = xs.toSorted((a, b) => a - b);
console.log(`${ys.every((y, i) => i === 0 || ys[i - 1] <= y)} ${ys[0]} ${ys[150]} ${ys[299]}`);
console.log(`${xs.toSorted().slice(0, 5).join()}`);

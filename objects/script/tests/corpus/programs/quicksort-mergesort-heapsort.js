const quick = xs => {
  if (xs.length < 2) return xs;
  const [p, ...rest] = xs;
  return [...quick(rest.filter(x => x < p)), p, ...quick(rest.filter(x => x >= p))];
};
const merge = (a, b) => {
  const out = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] <= b[j]) out.push(a[i++]);
    else out.push(b[j++]);
  }
  return out.concat(a.slice(i), b.slice(j));
};
const mergeSort = xs => {
  if (xs.length < 2) return xs;
  const mid = xs.length >> 1;
  return merge(mergeSort(xs.slice(0, mid)), mergeSort(xs.slice(mid)));
};
const heapSort = input => {
  const xs = [...input];
  const swap = (i, j) => {
    [xs[i], xs[j]] = [xs[j], xs[i]];
  };
  const sift = (root, end) => {
    let at = root;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= end) return;
      if (child + 1 < end && xs[child] < xs[child + 1]) child += 1;
      if (xs[at] >= xs[child]) return;
      swap(at, child);
      at = child;
    }
  };
  for (let i = Math.floor(xs.length / 2) - 1; i >= 0; i -= 1) sift(i, xs.length);
  for (let end = xs.length - 1; end > 0; end -= 1) {
    swap(0, end);
    sift(0, end);
  }
  return xs;
};
const insertion = input => {
  const xs = [...input];
  for (let i = 1; i < xs.length; i += 1) {
    const x = xs[i];
    let j = i - 1;
    while (j >= 0 && xs[j] > x) {
      xs[j + 1] = xs[j];
      j -= 1;
    }
    xs[j + 1] = x;
  }
  return xs;
};
const bubble = input => {
  const xs = [...input];
  let swapped = true;
  let passes = 0;
  while (swapped) {
    swapped = false;
    passes += 1;
    for (let i = 1; i < xs.length; i += 1) {
      if (xs[i - 1] > xs[i]) {
        [xs[i - 1], xs[i]] = [xs[i], xs[i - 1]];
        swapped = true;
      }
    }
  }
  console.log(`${passes} passes`);
  return xs;
};
let seed = 42;
const random = n => {
  seed = (seed * 16807) % 2147483647;
  return seed % n;
};
const input = Array.from({ length: 40 }, () => random(100));
console.log(input.join());
const expected = input.toSorted((a, b) => a - b).join();
for (const [name, sort] of Object.entries({ quick, mergeSort, heapSort, insertion, bubble })) {
  console.log(`${name} ${sort(input).join() === expected}`);
}
console.log(expected);

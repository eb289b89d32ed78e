console.log([3, 1, 2].sort((a, b) => a - b).join() + [3, 1, 2].sort((a, b) => b - a).join());
console.log([3, 1, 2].sort(() => 0).join());
console.log([1, 2, 3].sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)).join());
console.log(['10', '9', '1'].sort((a, b) => a - b).join());
console.log([5, 1, 4].sort(undefined).join());
for (const bad of [null, 5, 'x', {}]) {
  try {
    [1, 2].sort(bad);
  } catch (e) {
    console.log(e.name);
  }
}

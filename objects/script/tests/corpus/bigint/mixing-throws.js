const name = f => {
  try {
    return String(f());
  } catch (e) {
    return e.name;
  }
};
console.log([() => 1n + 1, () => 2 * 2n, () => 1n - 0.5, () => 1n ** 2, () => +1n, () => 1n >>> 0n, () => 5n & 1].map(name).join());
console.log([() => Math.max(1n, 2), () => isNaN(1n), () => Number(1n) + 1, () => 1n + BigInt(1), () => '' + 1n, () => 1n + 'x'].map(name).join());

console.log(`${2n ** 0n} ${2n ** 100n} ${(-2n) ** 3n} ${0n ** 0n} ${10n ** 30n}`);
try {
  console.log(`${2n ** -1n}`);
} catch (e) {
  console.log(e.name);
}
for (const f of [() => 1n / 0n, () => 1n % 0n]) {
  try {
    f();
  } catch (e) {
    console.log(e.name);
  }
}

const bad = { valueOf: () => {
  throw new RangeError('no number');
} };
for (const f of [() => bad + 1, () => -bad, () => bad < 1, () => bad | 0, () => Math.abs(bad), () => Number(bad)]) {
  try {
    f();
  } catch (e) {
    console.log(e.message);
  }
}

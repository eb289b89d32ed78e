console.log([(255).toString(16), (255).toString(2), (-255).toString(36), (0.5).toString(2), (0.1).toString(3).slice(0, 20), (1e21).toString(16), (3.75).toString(4), (35).toString(36), (10).toString(10)].join());
console.log([(0).toString(2), NaN.toString(2), (-Infinity).toString(16), (2 ** 53).toString(2).length, (0.1).toString(2), (1 / 3).toString(9), (123.456).toString(36)].join());
for (const r of [1, 37, 0, 2.9]) {
  try {
    console.log((5).toString(r));
  } catch (e) {
    console.log(e.name);
  }
}

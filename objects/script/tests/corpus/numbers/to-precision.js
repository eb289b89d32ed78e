console.log([(123.456).toPrecision(4), (0.00001).toPrecision(1), (1e21).toPrecision(3), (123456).toPrecision(2), (0).toPrecision(5), (1.25).toPrecision(2), (1.35).toPrecision(2), (99.99).toPrecision(3)].join());
console.log([(5).toPrecision(), (1 / 3).toPrecision(20), (1e-7).toPrecision(3), (-1234.5).toPrecision(5), NaN.toPrecision(3), (0.000001).toPrecision(2), (123456789).toPrecision(9)].join());
for (const n of [0, 101]) {
  try {
    (1).toPrecision(n);
  } catch (e) {
    console.log(e.name);
  }
}

console.log([(1.005).toFixed(2), (1.45).toFixed(1), (0).toFixed(2), (-1.5).toFixed(0), (2.5).toFixed(0), (1e21).toFixed(2), (123.456).toFixed(), (0.000001).toFixed(7)].join());
console.log([(10.235).toFixed(2), (-0.0000001).toFixed(2), NaN.toFixed(2), (1.23e-10).toFixed(2), (1234.5678).toFixed(10), (0.5).toFixed(0), (1.5).toFixed(0), (-0).toFixed(1)].join());
console.log((0.1).toFixed(20));
console.log((123.456).toFixed(30));
for (const n of [-1, 101]) {
  try {
    (1).toFixed(n);
  } catch (e) {
    console.log(e.name);
  }
}

console.log([(123456).toExponential(), (123456).toExponential(2), (0).toExponential(), (0.00015).toExponential(1), (-1.5e-9).toExponential(3), (1).toExponential(0), (25).toExponential(0), (35).toExponential(0), NaN.toExponential(2), Infinity.toExponential()].join());
try {
  (1).toExponential(-1);
} catch (e) {
  console.log(e.name);
}

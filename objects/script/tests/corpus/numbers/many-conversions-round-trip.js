const xs = [1 / 7, Math.PI * 1e10, 1e-10 / 3, 123456.789e20, 2 ** -1074, 0.1 + 0.7];
console.log(xs.map(x => Number(String(x)) === x).join());
console.log(xs.map(x => Number(x.toPrecision(17)) === x).join());
console.log(xs.map(x => parseFloat(x.toExponential()) === x).join());

const fixed = x => x.toFixed(10);
console.log([Math.sin(0), Math.cos(0), Math.tan(0), Math.exp(0), Math.log(1), Math.log2(8), Math.log10(1000), Math.atan2(0, 1)].join());
console.log([Math.sin(1), Math.cos(1), Math.tan(1), Math.exp(1), Math.log(2), Math.atan(1), Math.asin(1), Math.acos(0)].map(fixed).join());
console.log([Math.sinh(1), Math.cosh(1), Math.tanh(1), Math.asinh(1), Math.acosh(2), Math.atanh(0.5), Math.expm1(1e-5), Math.log1p(1e-5)].map(fixed).join());

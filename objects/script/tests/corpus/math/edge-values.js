console.log([Math.log(0), Math.log(-1), Math.exp(-Infinity), Math.exp(Infinity), Math.atan(Infinity) * 2 === Math.PI, Math.log1p(-1), Math.acos(2), Math.atanh(1)].join());
console.log([Math.atan2(1, 0), Math.atan2(-0, -0), Math.atan2(0, -0)].map(x => x.toFixed(5)).join());

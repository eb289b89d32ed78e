const xs = [0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.49999999999999994, 2.4, -2.6, 4503599627370497.5];
console.log(xs.map(Math.round).map(x => (Object.is(x, -0) ? '-0' : x)).join());
console.log(xs.map(Math.floor).join());
console.log(xs.map(Math.ceil).map(x => (Object.is(x, -0) ? '-0' : x)).join());
console.log(xs.map(Math.trunc).map(x => (Object.is(x, -0) ? '-0' : x)).join());

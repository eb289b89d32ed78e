console.log([String([]), String([[]]), String([null]), String({}), `${[{}]}`, String([undefined, 1])].join('|'));
console.log([String(Infinity), String(1e21), String(-0), String(0.1 + 0.2), String(1e-7), String(123456789.123)].join('|'));

const vs = [1, NaN, Infinity, 'x', '5', '', null, undefined, [], {}, true, ' '];
console.log(vs.map(v => isNaN(v)).join());
console.log(vs.map(v => isFinite(v)).join());

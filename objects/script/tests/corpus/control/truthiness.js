const vs = [0, -0, NaN, '', null, undefined, false, 0n, 1, 'a', '0', 'false', [], {}, -1, 1n, Infinity];
console.log(vs.map(v => (v ? 'T' : 'F')).join(''));
console.log(vs.map(v => (!v ? 'T' : 'F')).join(''));
console.log(vs.map(v => (!!v === Boolean(v) ? '=' : '!')).join(''));

const vs = [0, '0', '', null, undefined, NaN, false, 'a', 1n, 1];
const rows = vs.map(a => vs.map(b => (a === b ? '1' : '.')).join(''));
console.log(rows.join('\n'));

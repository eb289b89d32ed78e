const vals = [undefined, null, 0, '', false, NaN, 'x'];
console.log(vals.map(v => String(v ?? 'd')).join('|'));
console.log(vals.map(v => String(v || 'd')).join('|'));
console.log(vals.map(v => String(v && 'd')).join('|'));

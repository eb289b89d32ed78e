const vs = [1, '1', '2', null, undefined, true, 'a', NaN, [2], ''];
for (const a of vs) console.log(vs.map(b => [a < b, a <= b, a > b, a >= b].map(x => (x ? 1 : 0)).join('')).join(' '));

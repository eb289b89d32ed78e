const vs = [1, '1', null, undefined, true, [], [1], [1, 2], {}, NaN];
for (const a of vs) console.log(vs.map(b => a + b).join(' '));

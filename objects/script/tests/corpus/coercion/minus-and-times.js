const vs = [2, '3', null, undefined, true, [], [4], {}, 'x', ''];
for (const a of vs) console.log(vs.map(b => `${a - b}/${a * b}`).join(' '));

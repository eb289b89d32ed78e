const o = {};
o[['a', 'b']] = 1;
o[{ toString: () => 'custom' }] = 2;
o[false] = 3;
o[12n] = 4;
console.log(Object.keys(o).join('|'));

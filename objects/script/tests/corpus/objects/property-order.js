const o = { b: 1, 2: 'two', a: 2, 1: 'one', '-1': 'neg', '01': 'lead' };
console.log(Object.keys(o).join());
o[0] = 'zero';
o.c = 3;
o['10'] = 'ten';
console.log(Object.keys(o).join());
console.log(Object.values(o).join());

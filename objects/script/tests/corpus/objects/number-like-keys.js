const o = {};
o[1] = 'a';
o['1'] = 'b';
o[1.0] = 'c';
o[0.1 + 0.2] = 'd';
o[1e21] = 'e';
o[-1] = 'f';
console.log(JSON.stringify(o));

const o = { '': 'empty', ' ': 'blank', 'a-b': 1, 'é': 2, '日本': 3, toString: null, NaN: 4, if: 'word', class: 5 };
console.log(Object.keys(o).join('|'));
console.log(`${o['']} ${o[' ']} ${o['a-b']} ${o.é} ${o.日本} ${o.if} ${o[NaN]} ${o.class}`);

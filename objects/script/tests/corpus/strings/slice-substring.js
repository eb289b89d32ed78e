const s = 'abcdef';
console.log([s.slice(2), s.slice(-2), s.slice(1, -1), s.slice(4, 2), s.slice(2, 99), s.slice(), s.slice(NaN, 2)].join('|'));
console.log([s.substring(2), s.substring(-2), s.substring(4, 1), s.substring(1, NaN), s.substring(2, 99), s.substring()].join('|'));

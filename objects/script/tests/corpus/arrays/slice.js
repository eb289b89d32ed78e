const a = [0, 1, 2, 3, 4];
console.log([a.slice(), a.slice(2), a.slice(1, 3), a.slice(-2), a.slice(-3, -1)].map(x => x.join()).join('|'));
console.log([a.slice(3, 1), a.slice(10), a.slice(0, 99), a.slice(undefined, 2), a.slice('1', '2')].map(x => x.join()).join('|'));
console.log(`${a.slice() === a}`);

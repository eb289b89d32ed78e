const a = [1, 2];
console.log(a.concat(3, [4, 5], [[6]], 'x').map(x => JSON.stringify(x)).join(' '));
console.log(`${a.concat().join()} ${a.concat() === a} ${a.length}`);
console.log(`${[].concat([], [[]], undefined).length}`);

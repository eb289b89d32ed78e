const a = [1, [2, [3, [4, [5]]]]];
console.log(JSON.stringify(a.flat()));
console.log(JSON.stringify(a.flat(2)));
console.log(JSON.stringify(a.flat(Infinity)));
console.log(JSON.stringify(a.flat(0)));
console.log(JSON.stringify([[], [[]], 'ab'].flat()));

const a = [1, 'two', [3], { four: 4 }, null, undefined];
console.log(`${a.length} ${a[1]} ${a[2][0]} ${a[3].four} ${a[4]} ${a[5]} ${a[6]} ${a[-1]}`);
console.log(`${[].length} ${[[]].length} ${[1, 2].length}`);
a[a.length] = 'appended';
console.log(`${a.length} ${a[6]}`);
a.length = 2;
console.log(a.join());
a.length = 0;
console.log(`${a.length}`);

const a = [1, 2, 3, 4];
console.log(`${a.reverse() === a} ${a.join()}`);
console.log([].reverse().length + '' + [1].reverse().join());
console.log([...'abc'].reverse().join(''));

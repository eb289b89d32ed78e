const a = [1, 2];
console.log([0, ...a, 3, ...[], ...a].join());
console.log([...'añ😀'].length + '');
console.log([...new Set([1, 1, 2])].join() + [...new Map([[1, 2]])].join());
console.log([...a.entries()].join('|'));

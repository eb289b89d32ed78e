console.log([1, 2, 3].flatMap(x => [x, x * 10]).join());
console.log(JSON.stringify([1, 2].flatMap(x => [[x]])));
console.log(['a b', 'c'].flatMap(s => s.split(' ')).join());
console.log([1, 2, 3].flatMap((x, i) => (i === 1 ? [] : x)).join());

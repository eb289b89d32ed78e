console.log([1, 2, 3, 4, 5].filter(x => x % 2).join());
console.log(['a', '', 'b', null].filter(x => x).join());
console.log([5, 6, 7].filter((x, i) => i !== 1).join());
console.log([1, 2].filter(() => 'truthy').join() + [1, 2].filter(() => '').length);

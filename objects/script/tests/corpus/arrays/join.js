console.log([1, null, undefined, 'a', [2, [3]], true].join('-'));
console.log([1, 2].join());
console.log([1, 2].join(''));
console.log([1, 2].join(undefined));
console.log([1, 2].join(null));
console.log(`[${[].join()}] [${[null].join()}] [${[undefined, null].join()}]`);
console.log([{ toString: () => 'own' }, 5n].join('+'));

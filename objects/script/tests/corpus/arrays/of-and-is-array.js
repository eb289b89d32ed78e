console.log(`${Array.of(7).length} ${Array.of(1, 2, 3).join()} ${Array.of().length}`);
console.log([[], {}, 'a', null, undefined, { length: 0 }].map(x => Array.isArray(x)).join());

console.log([null, undefined, true, false, [], [5], [1, 2], ['7'], {}, { valueOf: () => 3 }, { toString: () => '4' }, 10n].map(x => Number(x)).join());
console.log(`${Number()} ${typeof Number('5')}`);

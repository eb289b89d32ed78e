console.log(['1', '2', 'x'].map(Number).join(' '));
console.log([1, null, undefined, true].map(String).join(' '));
console.log([0, 1, '', 'a', null, NaN].filter(Boolean).join(' '));
console.log(['10', '10', '10'].map(parseInt).join(' '));
console.log([4, 9, 16].map(Math.sqrt).join(' '));
console.log(`${[[1, 2], 3].map(Array.isArray).join(' ')}`);

const f = (first, ...rest) => `${first}|${rest.join('-')}|${rest.length}`;
console.log(f());
console.log(f(1));
console.log(f(1, 2));
console.log(f(1, 2, undefined, null));
const g = (...all) => Array.isArray(all);
console.log(`${g()}`);

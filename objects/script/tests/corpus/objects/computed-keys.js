const k = 'dyn';
let n = 0;
const o = { [k]: 1, [`${k}2`]: 2, [1 + 1]: 3, [n++]: 'a', [n++]: 'b', [null]: 'n', [undefined]: 'u', [true]: 't' };
console.log(JSON.stringify(o));

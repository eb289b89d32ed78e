console.log('a'.concat('b', 1, null, undefined, true));
console.log('x' + 1 + 2 + (1 + 2) + null + undefined + [1] + {} + -0 + 1n);
console.log(1 + 2 + 'x' + (1 + 2));
let s = '';
for (const c of 'abc') s = c + s;
console.log(s);

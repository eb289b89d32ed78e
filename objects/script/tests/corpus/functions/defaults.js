const f = (a, b = a + 1, c = b * 2) => `${a} ${b} ${c}`;
console.log(f(1));
console.log(f(1, undefined, 3));
console.log(f(1, null));
console.log(f(1, 0, ''));
console.log(f());

const [a = 1, b = 2, c = a + b, d = null] = [10, undefined, null];
console.log(`${a} ${b} ${c} ${d}`);
const [x = 'dx', [y = 'dy'] = []] = [];
console.log(`${x} ${y}`);

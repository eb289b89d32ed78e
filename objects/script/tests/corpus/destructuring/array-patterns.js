const [a, b, c] = [1, 2];
const [, second, , fourth] = ['a', 'b', 'c', 'd'];
const [h, ...t] = [1, 2, 3];
const [...all] = 'xyz';
console.log(`${a} ${b} ${c} ${second} ${fourth} ${h} ${t.join()} ${all.join('-')}`);

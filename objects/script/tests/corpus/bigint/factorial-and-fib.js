const fact = n => (n < 2n ? 1n : n * fact(n - 1n));
console.log(`${fact(50n)}`);
let [a, b] = [0n, 1n];
for (let i = 0; i < 200; i += 1) [a, b] = [b, a + b];
console.log(`${a}`);

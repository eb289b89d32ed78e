const a = 123456789012345678901234567890n;
const b = 987654321n;
console.log(`${a + b} ${a - b} ${a * b} ${a / b} ${a % b} ${b ** 5n} ${-a}`);
console.log(`${7n / 2n} ${-7n / 2n} ${7n % -2n} ${-7n % 2n} ${7n / -2n}`);

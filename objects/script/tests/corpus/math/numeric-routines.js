const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b));
const lcm = (a, b) => (a / gcd(a, b)) * b;
console.log(`${gcd(84, 36)} ${lcm(4, 6)} ${[2, 3, 4, 5, 6].reduce(lcm)}`);
const clamp = (x, lo, hi) => Math.min(hi, Math.max(lo, x));
console.log([-5, 5, 15].map(x => clamp(x, 0, 10)).join());
const newton = (n, x = n) => (Math.abs(x * x - n) < 1e-12 ? x : newton(n, (x + n / x) / 2));
console.log(newton(2).toFixed(9));

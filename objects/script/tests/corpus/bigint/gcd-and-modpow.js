const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));
const modpow = (b, e, m) => {
  let r = 1n;
  let x = b % m;
  let k = e;
  while (k > 0n) {
    if (k & 1n) r = (r * x) % m;
    x = (x * x) % m;
    k >>= 1n;
  }
  return r;
};
console.log(`${gcd(2n ** 60n, 6n ** 40n)} ${modpow(3n, 1000n, 1000007n)} ${modpow(2n, 2n ** 70n, 97n)}`);

// Digits of e and pi with whole numbers alone.
const digitsOfE = n => {
  const one = 10n ** BigInt(n + 5);
  let term = one;
  let sum = one;
  for (let k = 1n; term > 0n; k += 1n) {
    term /= k;
    sum += term;
  }
  return String(sum).slice(0, n + 1);
};
const arctan = (inverse, one) => {
  const x2 = inverse * inverse;
  let power = one / inverse;
  let sum = power;
  for (let k = 3n, sign = -1n; power > 0n; k += 2n, sign = -sign) {
    power /= x2;
    sum += (sign * power) / k;
  }
  return sum;
};
const digitsOfPi = n => {
  const one = 10n ** BigInt(n + 10);
  return String(4n * (4n * arctan(5n, one) - arctan(239n, one))).slice(0, n + 1);
};
const isqrt = n => {
  if (n < 2n) return n;
  let x = 1n << BigInt(n.toString(2).length / 2 + 1 | 0);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
};
console.log(digitsOfE(40));
console.log(digitsOfPi(60));
console.log(`${isqrt(2n * 10n ** 60n)}`);
const isPrime = n => {
  if (n < 4n) return n > 1n;
  if (n % 2n === 0n) return false;
  let [d, r] = [n - 1n, 0];
  while (d % 2n === 0n) {
    d /= 2n;
    r += 1;
  }
  const pow = (b, e) => {
    let out = 1n;
    for (let [x, k] = [b % n, e]; k > 0n; k >>= 1n) {
      if (k & 1n) out = (out * x) % n;
      x = (x * x) % n;
    }
    return out;
  };
  witness: for (const a of [2n, 3n, 5n, 7n, 11n, 13n]) {
    if (a >= n) continue;
    let x = pow(a, d);
    if (x === 1n || x === n - 1n) continue;
    for (let i = 1; i < r; i += 1) {
      x = (x * x) % n;
      if (x === n - 1n) continue witness;
    }
    return false;
  }
  return true;
};
console.log([2n, 15n, 97n, 561n, 2n ** 31n - 1n, 2n ** 61n - 1n, 2n ** 67n - 1n].map(isPrime).join());

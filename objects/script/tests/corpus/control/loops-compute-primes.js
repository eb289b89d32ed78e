const primes = [];
next: for (let n = 2; primes.length < 15; n += 1) {
  for (const p of primes) {
    if (p * p > n) break;
    if (n % p === 0) continue next;
  }
  primes.push(n);
}
console.log(primes.join());

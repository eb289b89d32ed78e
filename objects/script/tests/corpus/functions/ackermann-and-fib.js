const ack = (m, n) => (m === 0 ? n + 1 : n === 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)));
console.log(`${ack(2, 5)}`);
const fib = n => (n < 2 ? n : fib(n - 1) + fib(n - 2));
console.log(`${fib(16)}`);
const memo = f => {
  const known = new Map();
  return n => {
    if (!known.has(n)) known.set(n, f(n));
    return known.get(n);
  };
};
const fast = memo(n => (n < 2 ? BigInt(n) : fast(n - 1) + fast(n - 2)));
console.log(`${fast(90)}`);

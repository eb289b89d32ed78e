const run = () => {
  const numbers = Array.from({ length: 2000 }, (_, i) => i);
  let total = 0;
  for (let round = 0; round < 10; round += 1) {
    total += numbers.map((n) => n * 3).filter((n) => n % 2 === 0).reduce((a, b) => a + b, round);
  }
  return total;
};

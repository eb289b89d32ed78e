// Money is BigInt in the smallest unit: nothing is lost when it is shared.
const share = (amount, weights) => {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => (amount * weight) / whole);
  let left = amount - parts.reduce((sum, part) => sum + part, 0n);
  for (let i = 0; left > 0n; i += 1, left -= 1n) parts[i % parts.length] += 1n;
  return parts;
};
const shown = (cents) => {
  const sign = cents < 0n ? '-' : '';
  const digits = String(cents < 0n ? -cents : cents).padStart(3, '0');
  const whole = digits.slice(0, -2);
  return `${sign}${whole}.${digits.slice(-2)}`;
};

export const main = async () => {
  for (const [amount, ...weights] of [[10000n, 1n, 1n, 1n], [5n, 3n, 3n], [123456789012345678901n, 2n, 5n]]) {
    const parts = share(amount, weights);
    console.log(`${shown(amount)} = ${parts.map(shown).join(' + ')}`);
  }
  console.log(shown(-5n), shown(0n), typeof share(1n, [1n])[0]);
  try {
    share(1n, [1]);
  } catch (error) {
    console.log(error.name);
  }
  return share(100n, [1n, 2n]).map(Number);
};

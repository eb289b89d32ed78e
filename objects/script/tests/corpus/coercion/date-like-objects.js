const money = (n, unit) => ({ valueOf: () => n, toString: () => `${n.toFixed(2)} ${unit}` });
const a = money(5, 'EUR');
const b = money(7.5, 'EUR');
console.log(`${a} ${b} ${a < b} ${a + b} ${Math.max(a, b)} ${[b, a].sort((x, y) => x - y).join('; ')}`);

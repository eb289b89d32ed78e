const cents = x => Math.round(x * 100) / 100;
console.log([1.005, 2.345, 10.075, 0.615].map(cents).join());
const format = n => {
  const [int, frac] = Math.abs(n).toFixed(2).split('.');
  const groups = [];
  for (let s = int; s.length > 0; s = s.slice(0, -3)) groups.unshift(s.slice(-3));
  return `${n < 0 ? '-' : ''}${groups.join(',')}.${frac}`;
};
console.log([0, 5, 999, 1000, 1234567.891, -9876543.2].map(format).join(' '));

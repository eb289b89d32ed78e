const TABLE = [[1000, 'M'], [900, 'CM'], [500, 'D'], [400, 'CD'], [100, 'C'], [90, 'XC'], [50, 'L'], [40, 'XL'], [10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']];
const toRoman = n => {
  if (!Number.isInteger(n) || n < 1 || n > 3999) throw new RangeError(`no roman ${n}`);
  let left = n;
  let out = '';
  for (const [v, s] of TABLE) {
    while (left >= v) {
      out += s;
      left -= v;
    }
  }
  return out;
};
const fromRoman = s => {
  let i = 0;
  let n = 0;
  for (const [v, t] of TABLE) {
    while (s.startsWith(t, i)) {
      n += v;
      i += t.length;
    }
  }
  if (i < s.length || toRoman(n) !== s) throw new SyntaxError(`not roman: ${s}`);
  return n;
};
console.log([1, 4, 9, 14, 40, 90, 400, 1994, 2024, 3999].map(toRoman).join(' '));
console.log(['MCMXCIV', 'XLII', 'IV'].map(fromRoman).join(' '));
for (const f of [() => toRoman(0), () => toRoman(4000), () => toRoman(1.5), () => fromRoman('IIII'), () => fromRoman('ABC'), () => fromRoman('IM')]) {
  try {
    console.log(f());
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
}
let wrong = 0;
for (let n = 1; n < 4000; n += 7) if (fromRoman(toRoman(n)) !== n) wrong += 1;
console.log(`${wrong} wrong`);

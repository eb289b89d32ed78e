const encode = s => {
  let out = '';
  for (let i = 0; i < s.length; ) {
    let j = i;
    while (s[j] === s[i]) j += 1;
    out += `${j - i}${s[i]}`;
    i = j;
  }
  return out;
};
const decode = s => s.replace(/(\d+)(\D)/g, (_, n, c) => c.repeat(Number(n)));
console.log(`${encode('aaabccd')} ${decode(encode('aaabccd'))}`);

const log = [];
const out = JSON.stringify({ a: 1, b: [2, 3], c: { d: 'x' } }, (k, v) => {
  log.push(k);
  if (typeof v === 'number') return v * 10;
  return k === 'd' ? undefined : v;
});
console.log(out);
console.log(log.map(k => `<${k}>`).join(''));

const log = [];
const t = (name, v) => {
  log.push(name);
  return v;
};
const o = { m: (a, b) => a + b };
console.log(`${t('object', o)[t('key', 'm')](t('x', 1), t('y', 2))}`);
console.log(log.join(' '));

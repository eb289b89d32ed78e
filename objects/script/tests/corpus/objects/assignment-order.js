const log = [];
const t = (name, v) => {
  log.push(name);
  return v;
};
const o = {};
t('object', o)[t('key', 'k')] = t('value', 1);
console.log(`${log.join()} ${o.k}`);
const a = [];
let i = 0;
a[i++] = i++;
a[i - 1] = 'second';
console.log(`${a.join()} ${i}`);
let x;
let y;
x = y = 5;
console.log(`${x} ${y}`);

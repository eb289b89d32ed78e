const log = [];
const t = (name, v) => {
  log.push(name);
  return v;
};
const f = (...xs) => xs.join('+');
console.log(t('callee', f)(t('a', 1), ...t('b', [2, 3]), t('c', 4)));
console.log(log.join(' '));

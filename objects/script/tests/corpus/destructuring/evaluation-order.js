const log = [];
const t = v => {
  log.push(v);
  return v;
};
const src = { a: undefined, b: 2 };
const { [t('a')]: x = t('default a'), [t('b')]: y = t('default b') } = src;
console.log(`${x} ${y} / ${log.join()}`);

const log = [];
const t = v => {
  log.push(v);
  return { toString: () => {
    log.push(`str ${v}`);
    return v;
  } };
};
console.log(`${t('a')}-${t('b')}`);
console.log(log.join());

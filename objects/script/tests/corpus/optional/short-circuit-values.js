const log = [];
const t = v => {
  log.push(String(v));
  return v;
};
t(null) ?? t('a') ?? t('b');
t(0) || t('') || t('c') || t('d');
t(1) && t(0) && t('e');
console.log(log.join(','));

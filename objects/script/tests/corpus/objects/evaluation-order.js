const log = [];
const t = v => {
  log.push(v);
  return v;
};
const o = { [t('k1')]: t('v1'), plain: t('v2'), [t('k3')]: t('v3'), ...t({ s: 'spread' }) };
console.log(Object.keys(o).join());
console.log(log.map(x => (typeof x === 'object' ? 'obj' : x)).join());

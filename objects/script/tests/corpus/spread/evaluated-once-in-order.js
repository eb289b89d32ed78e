const log = [];
const t = v => {
  log.push(JSON.stringify(v));
  return v;
};
const r = [...t([1]), t(2), ...t([3, 4])];
console.log(`${r.join()} ${log.join(' ')}`);
const o = { ...t({ a: 1 }), b: t(2), ...t({ a: 3 }) };
console.log(`${JSON.stringify(o)} ${log.length}`);

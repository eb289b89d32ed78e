const log = [];
const slot = n => {
  log.push(`target ${n}`);
  return {};
};
const val = n => {
  log.push(`default ${n}`);
  return n;
};
[slot(1).x = val(1), slot(2).x = val(2)] = [undefined, 5];
console.log(log.join(', '));

const log = [];
const c = v => {
  log.push(`test ${v}`);
  return v;
};
switch (2) {
  case c('2'):
    log.push('string');
    break;
  default:
    log.push('default');
    break;
  case c(2):
    log.push('number');
    break;
  case c(3):
    log.push('never');
}
console.log(log.join(', '));
switch (NaN) {
  case NaN:
    console.log('equal');
    break;
  default:
    console.log('NaN is not itself');
}

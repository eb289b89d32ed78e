const log = [];
const arg = () => {
  log.push('argument');
  return 1;
};
const none = undefined;
try {
  none(arg());
} catch (e) {
  log.push(e.name);
}
const o = {};
try {
  o.missing(arg());
} catch (e) {
  log.push(e.name);
}
try {
  none.x(arg());
} catch (e) {
  log.push(e.name);
}
console.log(log.join(' '));

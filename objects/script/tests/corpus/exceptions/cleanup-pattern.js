const log = [];
const withResource = (name, f) => {
  log.push(`open ${name}`);
  try {
    return f(name);
  } finally {
    log.push(`close ${name}`);
  }
};
const r = withResource('a', () => withResource('b', () => 'result'));
log.push(r);
try {
  withResource('c', n => {
    throw new Error(`broken ${n}`);
  });
} catch (e) {
  log.push(e.message);
}
console.log(log.join(', '));

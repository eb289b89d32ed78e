const log = [];
const ok = async n => {
  await null;
  log.push(`ok ${n}`);
  return n;
};
const bad = async n => {
  await null;
  log.push(`bad ${n}`);
  throw n;
};
const p = ok(1);
const q = bad(2);
const r = ok(3);
try {
  log.push(`got ${await p}`);
  log.push(`got ${await q}`);
} catch (e) {
  log.push(`caught ${e}`);
}
log.push(`got ${await r}`);
console.log(log.join(', '));

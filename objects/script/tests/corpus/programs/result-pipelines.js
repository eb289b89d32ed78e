const ok = value => harden({ ok: true, value, then_: f => f(value), or: () => value });
const err = error => harden({ ok: false, error, then_: () => err(error), or: d => d });
const attempt = f => {
  try {
    return ok(f());
  } catch (e) {
    return err(e.message);
  }
};
const number = s => (/^-?\d+$/.test(s) ? ok(Number(s)) : err(`not a number: ${s}`));
const positive = n => (n > 0 ? ok(n) : err(`not positive: ${n}`));
const root = n => attempt(() => {
  const r = Math.sqrt(n);
  if (!Number.isInteger(r)) throw new RangeError(`no whole root of ${n}`);
  return r;
});
for (const s of ['16', '15', '-4', 'abc', '0']) {
  const r = number(s).then_(positive).then_(root);
  console.log(r.ok ? `${s}: ${r.value}` : `${s}: ${r.error} (${r.or('default')})`);
}
const all = rs => rs.reduce((acc, r) => acc.then_(xs => r.then_(x => ok([...xs, x]))), ok([]));
console.log(JSON.stringify(all(['1', '2'].map(number)).value));
console.log(all(['1', 'x', 'y'].map(number)).error);
const validate = rules => o => Object.entries(rules).flatMap(([k, checks]) => checks.map(c => c(o[k], k)).filter(Boolean));
const required = (v, k) => (v === undefined || v === '' ? `${k} is required` : null);
const atMost = n => (v, k) => (v?.length > n ? `${k} is longer than ${n}` : null);
const matches = (re, what) => (v, k) => (v !== undefined && !re.test(v) ? `${k} is no ${what}` : null);
const check = validate({ name: [required, atMost(5)], mail: [required, matches(/^\S+@\S+$/, 'address')] });
for (const o of [{ name: 'Ann', mail: 'a@b' }, { name: 'Maximilian', mail: 'x' }, {}]) console.log(check(o).join('; ') || 'valid');

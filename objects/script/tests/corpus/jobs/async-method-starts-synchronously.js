const log = [];
const o = {
  async m(x) {
    log.push(`m ${x}`);
    await null;
    log.push(`m2 ${x}`);
    return x;
  },
};
const p = o.m(1);
log.push('between');
const q = o.m(2);
await q;
await p;
console.log(log.join(', '));

const log = [];
const run = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  log.push(v);
  return v;
};
log.push(`won ${await Promise.race([run(4, 'late'), run(1, 'soon')])}`);
for (let i = 0; i < 8; i += 1) await null;
console.log(log.join(', '));

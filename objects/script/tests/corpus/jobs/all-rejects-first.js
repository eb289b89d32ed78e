const log = [];
const fail = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  log.push(`fails ${v}`);
  throw v;
};
try {
  await Promise.all([fail(4, 'slow'), fail(1, 'fast'), Promise.resolve(1)]);
} catch (e) {
  log.push(`caught ${e}`);
}
for (let i = 0; i < 6; i += 1) await null;
console.log(log.join(', '));

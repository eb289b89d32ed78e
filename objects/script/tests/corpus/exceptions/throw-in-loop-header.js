const log = [];
const boom = n => {
  if (n > 1) throw new Error(`at ${n}`);
  return true;
};
try {
  for (let i = 0; boom(i); i += 1) log.push(`body ${i}`);
} catch (e) {
  log.push(e.message);
}
console.log(log.join(', '));

const p = Promise.reject(new Error('never came'));
try {
  await E(p).anything();
} catch (e) {
  console.log(e.message);
}
const q = E(E(p).one()).two();
console.log(await q.catch(e => e.message));

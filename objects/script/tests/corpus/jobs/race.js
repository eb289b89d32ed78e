const delay = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  return v;
};
console.log(await Promise.race([delay(3, 'slow'), delay(1, 'fast')]));
console.log(await Promise.race([delay(1, 'p'), 'plain']));
console.log(await Promise.race([Promise.reject('bad'), Promise.resolve('good')]).catch(e => e));
let settled = 'pending';
Promise.race([]).then(() => {
  settled = 'settled';
});
await delay(5);
console.log(settled);

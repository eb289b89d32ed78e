const p = new Promise(() => {
  throw new Error('broken');
});
try {
  await p;
} catch (e) {
  console.log(e.message);
}
const q = new Promise(resolve => {
  resolve('fine');
  throw new Error('ignored');
});
console.log(await q);

let settle;
const p = new Promise(resolve => {
  settle = resolve;
});
settle(p);
try {
  await p;
  console.log('not reached');
} catch (e) {
  console.log(`${e instanceof TypeError} ${e.name}`);
}

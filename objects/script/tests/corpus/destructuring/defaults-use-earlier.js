const { a = 1, b = a * 2, c = () => b } = { };
console.log(`${a} ${b} ${c()}`);
try {
  const { p = q, q = 1 } = {};
  console.log('not reached');
} catch (e) {
  console.log(e.name);
}

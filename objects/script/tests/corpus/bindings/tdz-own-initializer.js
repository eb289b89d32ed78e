try {
  const n = n + 1;
  console.log('not reached');
} catch (e) {
  console.log(e.name);
}
const f = () => (typeof f);
console.log(f());

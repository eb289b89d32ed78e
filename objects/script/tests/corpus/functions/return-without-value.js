function f(n) {
  if (n > 0) return;
  return 'given';
}
console.log(`${f(1)} ${f(0)}`);
const g = () => {
  return;
};
console.log(`${g()}`);

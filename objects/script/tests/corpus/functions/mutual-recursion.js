function even(n) {
  return n === 0 ? true : odd(n - 1);
}
function odd(n) {
  return n === 0 ? false : even(n - 1);
}
console.log(`${even(10)} ${odd(10)} ${even(7)}`);

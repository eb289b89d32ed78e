function f(a, b) {
  return `${a} ${b}`;
}
console.log(f());
console.log(f(1));
console.log(f(1, 2, 3));
console.log(f(...[1], ...[], ...[2, 3]));

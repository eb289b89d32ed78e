const f = (a = b, b = 1) => `${a} ${b}`;
try {
  console.log(f());
} catch (e) {
  console.log(e.name);
}
console.log(f(5));
console.log(f(5, 6));
console.log(f(undefined === 1, undefined));

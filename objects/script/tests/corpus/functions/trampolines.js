const trampoline = f => (...args) => {
  let r = f(...args);
  while (typeof r === 'function') r = r();
  return r;
};
const down = trampoline(function go(n, acc = 0) {
  return n === 0 ? acc : () => go(n - 1, acc + n);
});
console.log(`${down(10000)}`);

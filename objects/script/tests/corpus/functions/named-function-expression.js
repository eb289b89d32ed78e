const fact = function self(n) {
  return n < 2 ? 1 : n * self(n - 1);
};
console.log(`${fact(10)}`);
const walk = function visit(tree) {
  return tree === null ? 0 : 1 + Math.max(visit(tree.l), visit(tree.r));
};
console.log(`${walk({ l: { l: null, r: { l: null, r: null } }, r: null })}`);

const f = (a, b = () => a, c = v => (a = v)) => {
  const before = b();
  c('changed');
  return `${before} ${b()} ${a}`;
};
console.log(f('first'));

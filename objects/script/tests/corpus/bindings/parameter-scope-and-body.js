const f = (a, g = () => a) => {
  const inner = a;
  a = 'assigned';
  return `${inner} ${a} ${g()}`;
};
console.log(f('given'));
const x = 'module';
const h = (read = () => x) => {
  const x = 'body';
  return `${read()} ${x}`;
};
console.log(h());

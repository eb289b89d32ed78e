const name = f => {
  try {
    f();
    return 'fine';
  } catch (e) {
    return e.name;
  }
};
console.log(name(() => {
  const { a } = null;
}));
console.log(name(() => {
  const { a } = undefined;
}));
console.log(name(() => {
  const {} = null;
}));
console.log(name(() => {
  const [a] = null;
}));
console.log(name(() => {
  const [a] = {};
}));
console.log(name(() => {
  const [a] = 5;
}));
console.log(name(() => {
  const { a } = 5;
}));
console.log(name(() => {
  const { a: { b } } = {};
}));

const name = f => {
  try {
    return f();
  } catch (e) {
    return e.name;
  }
};
console.log(name(() => `${{ toString: () => ({}), valueOf: () => ({}) }}`));
console.log(name(() => `${{ toString: undefined, valueOf: () => 'v' }}`));
console.log(name(() => `${{ toString: () => {
  throw new RangeError('x');
} }}`));

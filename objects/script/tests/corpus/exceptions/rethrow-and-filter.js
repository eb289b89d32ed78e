const handle = f => {
  try {
    return f();
  } catch (e) {
    if (e instanceof RangeError) return `range: ${e.message}`;
    if (typeof e === 'string') return `string: ${e}`;
    throw e;
  }
};
console.log(handle(() => {
  throw new RangeError('r');
}));
console.log(handle(() => {
  throw 's';
}));
try {
  handle(() => {
    throw new TypeError('t');
  });
} catch (e) {
  console.log(`outside: ${e.message}`);
}

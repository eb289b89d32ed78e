const f = v => {
  switch (v) {
    case 0: {
      const x = 'zero';
      return x;
    }
    case 1:
      let y = 'one';
      return y;
    case 2:
      y = 'two';
      return y;
  }
  return 'none';
};
console.log(f(0));
console.log(f(1));
try {
  f(2);
} catch (e) {
  console.log(e.name);
}
console.log(f(3));

const pick = n => {
  switch (n) {
    case 0:
      return (() => word)();
    case 1: {
      return 'one';
    }
    default:
      return 'many';
  }
  const word = 'unset';
};
try {
  pick(0);
} catch (e) {
  console.log(e.name);
}
console.log(pick(1));
console.log(pick(7));

const name = f => {
  try {
    f();
    return 'fine';
  } catch (e) {
    return e.name;
  }
};
console.log(name(() => new Map().forEach()));
console.log(name(() => new Set([1]).forEach('x')));
console.log(name(() => new Set(5)));
console.log(name(() => Map()));
console.log(name(() => Set([1])));

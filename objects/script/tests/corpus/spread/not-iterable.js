const name = f => {
  try {
    f();
    return 'fine';
  } catch (e) {
    return e.name;
  }
};
console.log(name(() => [...5]));
console.log(name(() => [...null]));
console.log(name(() => [...undefined]));
console.log(name(() => [...{}]));
console.log(name(() => Math.max(...{ length: 1 })));
console.log(name(() => ({ ...5 })));

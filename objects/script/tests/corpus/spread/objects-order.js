const a = { b: 1, a: 2 };
console.log(Object.keys({ a: 0, ...a }).join());
console.log(Object.keys({ ...a, a: 0 }).join());
console.log(Object.keys({ z: 1, ...{ 2: 'x', 1: 'y' }, y: 1 }).join());

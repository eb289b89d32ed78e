const a = [1, 2];
const b = [...a, a.push(3), ...a];
console.log(b.join());

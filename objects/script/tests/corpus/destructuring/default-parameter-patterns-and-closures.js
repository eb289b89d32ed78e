const make = ({ n = 0, step = 1 } = {}) => () => (n += step);
const a = make();
const b = make({ n: 10, step: 5 });
console.log(`${a()} ${a()} ${b()} ${b()}`);

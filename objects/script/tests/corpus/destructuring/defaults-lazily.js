const log = [];
const d = name => {
  log.push(name);
  return name;
};
const { a = d('a'), b = d('b'), c = d('c') } = { a: 1, b: undefined, c: null };
console.log(`${a} ${b} ${c} / ${log.join()}`);
const [x = d('x'), y = d('y')] = [undefined, 0];
console.log(`${x} ${y} / ${log.join()}`);

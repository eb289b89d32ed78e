const makeCounter = start => {
  let n = start;
  return { up: () => (n += 1), down: () => (n -= 1), read: () => n };
};
const a = makeCounter(0);
const b = makeCounter(10);
a.up();
a.up();
b.down();
console.log(`${a.read()} ${b.read()}`);
console.log(`${a.up()} ${b.up()}`);

let x = 1;
const bump = async () => {
  x = 10;
  return 1;
};
x += await bump();
console.log(`${x}`);
let y = 1;
const bumpY = async () => {
  y = 10;
  return 1;
};
y = (await bumpY()) + y;
console.log(`${y}`);
const o = { n: 5 };
const bumpN = async () => {
  o.n = 50;
  return 1;
};
o.n = o.n + (await bumpN());
console.log(`${o.n}`);

const change = (n, o, a) => {
  n = 2;
  o.x = 2;
  o = { x: 3 };
  a = [...a, 1];
  return `${n} ${o.x} ${a.length}`;
};
const n = 1;
const o = { x: 1 };
const a = [];
console.log(change(n, o, a));
console.log(`${n} ${o.x} ${a.length}`);

const log = [];
const v = async x => {
  log.push(x);
  return x;
};
const f = (...xs) => xs.join('-');
console.log(f(await v(1), f(await v(2), await v(3)), await v(4)));
console.log(log.join());
const o = { m: (a, b) => a + b };
console.log(`${o.m(await v(5), await v(6))}`);
console.log(`${o[await v('m')](await v(7), await v(8))}`);

const v = async x => {
  console.log(`give ${x}`);
  return x;
};
console.log(`${(await v(1)) + (await v(2)) * (await v(3))}`);
const o = { a: await v('a'), [await v('k')]: await v('b') };
console.log(JSON.stringify(o));
console.log([await v(1), ...(await v([2, 3])), await v(4)].join());
console.log(`${await v('in')} ${await v('template')}`);

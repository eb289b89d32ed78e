const get = async () => ({ a: 1, b: [2, 3] });
const { a, b: [c, d = 0, e = await Promise.resolve('late')] } = await get();
console.log(`${a} ${c} ${d} ${e}`);
const [x, y] = await Promise.all([get(), 'y']);
console.log(`${x.a}${y}`);

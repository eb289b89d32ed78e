const delay = async (n, v) => {
  for (let i = 0; i < n; i += 1) await null;
  console.log(`done ${v}`);
  return v;
};
const r = await Promise.all([delay(3, 'a'), delay(1, 'b'), 'plain', delay(2, 'c')]);
console.log(r.join());
console.log(`${(await Promise.all([])).length}`);
console.log((await Promise.all(new Set(['x', 'y']))).join());
console.log((await Promise.all('hi')).join());

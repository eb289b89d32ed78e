const sq = async n => n * n;
console.log((await Promise.all([1, 2, 3].map(sq))).join());
const total = await [1, 2, 3].reduce(async (acc, n) => (await acc) + n, Promise.resolve(0));
console.log(`${total}`);
const kept = [];
for (const n of [1, 2, 3, 4]) if (await sq(n) > 4) kept.push(n);
console.log(kept.join());

const a = Far('a', {});
const b = Far('a', {});
const box = Far('box', { same: (x, y) => x === y, echo: x => x });
console.log(`${await E(box).same(a, a)} ${await E(box).same(a, b)} ${(await E(box).echo(a)) === a}`);
console.log(`${new Set([a, b, a]).size} ${typeof a}`);

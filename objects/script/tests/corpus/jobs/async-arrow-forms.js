const a = async x => x + 1;
const b = async (x, y) => x + y;
const c = async () => ({ k: 'v' });
const d = async ({ p }, [q]) => `${p}${q}`;
const e = async function named(n) {
  return n === 0 ? 'end' : named(n - 1);
};
async function f(...xs) {
  return xs.length;
}
console.log(`${await a(1)} ${await b(1, 2)} ${(await c()).k} ${await d({ p: 1 }, [2])}`);
console.log(`${await e(3)} ${await f(1, 2, 3)}`);

const makeNode = n => Far('node', { next: () => makeNode(n + 1), value: () => n });
const v = await E(E(E(makeNode(0)).next()).next()).value();
console.log(`${v}`);

const inner = { v: 1 };
const a = [inner];
const copies = [[...a], a.slice(), a.concat(), Array.from(a), a.map(x => x)];
inner.v = 2;
console.log(copies.map(c => c[0].v).join());
console.log(copies.map(c => c === a).join());

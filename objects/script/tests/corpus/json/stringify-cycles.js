const a = { n: 1 };
a.self = a;
const b = [];
b.push([b]);
for (const v of [a, b]) {
  try {
    JSON.stringify(v);
  } catch (e) {
    console.log(e.name);
  }
}
const shared = { s: 1 };
console.log(JSON.stringify([shared, shared, { shared }]));

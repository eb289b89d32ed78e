const a = { x: [1, { y: 2 }], z: null };
const b = JSON.parse(JSON.stringify(a));
b.x[1].y = 9;
console.log(`${a.x[1].y} ${b.x[1].y} ${JSON.stringify(a) === JSON.stringify(b)}`);

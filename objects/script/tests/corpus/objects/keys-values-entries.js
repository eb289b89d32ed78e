const o = { x: 1, y: [2], z: null };
console.log(Object.keys(o).join());
console.log(Object.values(o).map(String).join('|'));
console.log(Object.entries(o).map(([k, v]) => `${k}=${v}`).join('&'));
console.log(JSON.stringify(Object.entries([7, 8])));
console.log(Object.keys('abc').join() + Object.values('abc').join());
console.log(`${Object.keys(5).length} ${Object.entries(true).length}`);

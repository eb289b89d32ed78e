const o = { a: 1, b: 2, c: 3 };
delete o.a;
o.a = 4;
console.log(Object.keys(o).join());
o.b = 9;
console.log(JSON.stringify(o));
delete o.nothing;
console.log(`${delete o.c} ${Object.keys(o).length}`);

const a = 1;
let b = 2;
b += a;
let c;
console.log(`${a} ${b} ${c}`);
c = b;
b = 10;
console.log(`${a} ${b} ${c}`);

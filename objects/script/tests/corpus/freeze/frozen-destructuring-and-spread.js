const o = harden({ a: 1, b: [1, 2] });
const { a, b: [x, ...rest] } = o;
rest.push(9);
console.log(`${a} ${x} ${rest.join()} ${[...o.b, 3].join()}`);
const next = { ...o, a: 5 };
next.c = 1;
console.log(JSON.stringify(next));

const f = (...xs) => xs.length + ':' + xs.join();
console.log(f(...[1, 2], 3, ...'ab'));
console.log(f(...[]));
console.log(f(...new Set('hello')));
console.log(`${Math.max(1, ...[5, 3], 2)}`);
const m = { go: (...xs) => xs.join('-') };
console.log(m.go(...[1], ...[2]));
console.log(m?.go(...[7, 8]));

const o = { [1n]: 'a', [2n ** 70n]: 'b' };
console.log(Object.keys(o).join());
const m = new Map([[1n, 'big'], [1, 'num']]);
console.log(`${m.get(1n)} ${m.get(1)} ${m.size} ${m.get(BigInt('1'))}`);
console.log(`${new Set([1n, 1n, 2n]).size} ${[1n, 2n].includes(2n)} ${[1n].indexOf(1)} ${['a', 'b'][1n]}`);

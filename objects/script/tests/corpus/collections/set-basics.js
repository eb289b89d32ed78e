const s = new Set([3, 1, 3, 2]);
console.log(`${s.size} ${[...s].join()} ${s.has(3)} ${s.has('3')}`);
console.log(`${s.add(1) === s} ${s.add(9).size} ${s.delete(3)} ${s.delete(3)} ${[...s].join()}`);
s.clear();
console.log(`${s.size}`);
console.log([...new Set('mississippi')].join(''));

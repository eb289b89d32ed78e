const a = [{ id: 1 }, { id: 2 }, { id: 2, last: true }];
console.log(JSON.stringify(a.find(x => x.id === 2)));
console.log(`${a.find(x => x.id === 9)} ${a.findIndex(x => x.id === 2)} ${a.findIndex(x => x.id === 9)}`);
console.log(`${JSON.stringify(a.findLast(x => x.id === 2))} ${a.findLastIndex(x => x.id === 2)}`);
console.log(`${a.findLast(() => false)} ${a.findLastIndex(() => false)}`);
console.log(`${[undefined].findIndex(x => x === undefined)} ${[5, 6].find((x, i) => i === 1)}`);

const m = new Map([['a', 1], ['b', 2]]);
console.log(Array.from(m, ([k, v]) => k + v).join());
console.log(Array.from(m.values()).join() + Array.from(new Set([1, 2]), (x, i) => x * i).join());
console.log(Math.max(...m.values()) + '');
console.log(JSON.stringify(Object.fromEntries(m)));
console.log(JSON.stringify({ ...m }) + JSON.stringify([...m]));

const m = new Map([['x', 1], ['y', 2]]);
console.log([...m.keys()].join() + [...m.values()].join() + JSON.stringify([...m.entries()]));
for (const [k, v] of m) console.log(`${k} ${v}`);
m.forEach((v, k, all) => console.log(`${v} ${k} ${all === m}`));
console.log(`${m.forEach(() => 1)}`);

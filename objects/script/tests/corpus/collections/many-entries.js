const m = new Map();
for (let i = 0; i < 1000; i += 1) m.set(`k${i % 100}`, i);
console.log(`${m.size} ${m.get('k0')} ${m.get('k99')}`);
for (let i = 0; i < 100; i += 3) m.delete(`k${i}`);
console.log(`${m.size} ${[...m.keys()].slice(0, 5).join()}`);

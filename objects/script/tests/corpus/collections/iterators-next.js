const it = new Map([['a', 1]]).entries();
console.log(JSON.stringify(it.next()));
console.log(JSON.stringify(it.next()));
const s = new Set(['x', 'y']).values();
console.log(`${s.next().value} ${[...s].join()} ${s.next().done}`);
const k = new Map([[1, 2]]).keys();
for (const x of k) console.log(`${x}`);
for (const x of k) console.log('never');

const o = { then: 42, name: 'no thenable' };
const r = await o;
console.log(`${r === o} ${r.name}`);
const q = await Promise.resolve({ then: null, v: 1 });
console.log(`${q.v}`);

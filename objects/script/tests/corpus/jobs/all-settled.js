const r = await Promise.allSettled([1, Promise.reject('no'), Promise.resolve('yes')]);
for (const x of r) console.log(JSON.stringify(x));
console.log(r.map(x => Object.keys(x).join('+')).join(' '));
console.log(JSON.stringify(await Promise.allSettled([])));

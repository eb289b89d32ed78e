const get = async k => ({ a: { v: 1 } })[k];
console.log(`${(await get('a'))?.v} ${(await get('b'))?.v}`);
const o = null;
console.log(`${o?.f(await get('a'))}`);

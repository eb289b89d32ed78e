const o = { a: { b: { c: 1 } }, n: null };
console.log(`${o?.a?.b?.c} ${o.x?.y} ${o.n?.z} ${o.x?.y.z.w} ${o?.['a']?.['b'].c}`);

const o = {};
const s = new Set([o, {}, o, NaN, NaN, 0, -0, undefined, undefined, null, '', false]);
console.log(`${s.size} ${s.has(o)} ${s.has({})} ${s.has(NaN)} ${s.has(undefined)}`);
console.log([...s.entries()].map(([a, b]) => String(a === b || Number.isNaN(a))).join());

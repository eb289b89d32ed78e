const m = new Map([['a', 1]]);
console.log(`${typeof m} ${m === m} ${JSON.stringify(m)} ${JSON.stringify(new Set([1]))} ${Object.keys(m).length}`);
console.log(`${m.a} ${m.missing} ${m.size}`);

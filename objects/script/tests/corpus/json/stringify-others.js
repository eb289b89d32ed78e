console.log(JSON.stringify([new Map([[1, 2]]), new Set([1]), new Error('x'), Promise.resolve(1)]));
console.log(JSON.stringify({ k: new Map(), f: [() => 1] }));

const a = { x: 1, y: 2 };
console.log(JSON.stringify({ ...a, y: 3, ...{ z: 4 }, x: 0 }));
console.log(JSON.stringify({ y: 9, ...a }));
console.log(JSON.stringify({ ...null, ...undefined, ...false, ...0, ...'hi', ...[7] }));
console.log(JSON.stringify({ ...a, ...(a.x === 1 && { yes: true }), ...(a.x === 2 && { no: true }) }));

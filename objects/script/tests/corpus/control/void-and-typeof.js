console.log(`${void 0} ${void 'x'} ${typeof void 1}`);
const vs = [undefined, null, true, 1, 1n, 's', {}, [], () => 1, NaN, new Map(), new Error('x'), Promise.resolve()];
console.log(vs.map(v => typeof v).join());
console.log(`${typeof typeof 1} ${typeof Math} ${typeof Math.abs} ${typeof JSON} ${typeof Object} ${typeof console.log}`);

const a = { v: 1 };
const b = a;
const c = { v: 1 };
b.v = 2;
console.log(`${a === b} ${a === c} ${a !== c} ${a.v}`);
console.log(`${[] === []} ${'x' === 'x'} ${NaN === NaN} ${0 === -0} ${null === undefined}`);

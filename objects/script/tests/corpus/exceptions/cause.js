const inner = new RangeError('inner');
const e = new Error('outer', { cause: inner });
console.log(`${e.cause === inner} ${e.cause.message}`);
console.log(`${new Error('x').cause} ${'cause' in new Error('x')} ${'cause' in new Error('x', { cause: undefined })}`);
console.log(`${new TypeError('t', { cause: 0 }).cause}`);
const chain = err => (err ? `${err.message}${err.cause ? ' <- ' + chain(err.cause) : ''}` : '');
console.log(chain(new Error('c', { cause: new Error('b', { cause: new Error('a') }) })));

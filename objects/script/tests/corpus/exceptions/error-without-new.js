const e = Error('plain call');
console.log(`${e instanceof Error} ${e.message} ${TypeError('t').name}`);
const f = AggregateError([1], 'agg');
console.log(`${f.name} ${f.errors.length}`);

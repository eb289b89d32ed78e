const e = new AggregateError([1, new Error('two')], 'both');
console.log(`${e.name} ${e.message} ${e.errors.length} ${e.errors[1].message}`);
console.log(`${e instanceof Error} ${e instanceof AggregateError} ${e instanceof TypeError}`);
console.log(String(e));

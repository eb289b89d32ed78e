console.log(await Promise.any([Promise.reject(1), Promise.resolve('second'), 'third']));
try {
  await Promise.any([Promise.reject('a'), Promise.reject('b')]);
} catch (e) {
  console.log(`${e.name} ${e instanceof AggregateError} ${e.errors.join()}`);
}
try {
  await Promise.any([]);
} catch (e) {
  console.log(`${e.name} ${e.errors.length}`);
}

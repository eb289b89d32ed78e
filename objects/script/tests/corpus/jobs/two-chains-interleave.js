const chain = name =>
  Promise.resolve()
    .then(() => console.log(`${name}1`))
    .then(() => console.log(`${name}2`))
    .then(() => console.log(`${name}3`));
await Promise.all([chain('a'), chain('b')]);
console.log('end');

const a = await Promise.resolve(1)
  .finally(() => {
    throw 'from finally';
  })
  .catch(e => e);
console.log(a);
const b = await Promise.reject('first')
  .finally(() => Promise.reject('second'))
  .catch(e => e);
console.log(b);

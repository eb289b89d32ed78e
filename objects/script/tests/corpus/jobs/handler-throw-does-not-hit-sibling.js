const r = await Promise.resolve(1)
  .then(
    () => {
      throw 'from first';
    },
    () => 'sibling',
  )
  .catch(e => `next: ${e}`);
console.log(r);

const r = await Promise.resolve(1)
  .catch(() => 'unused')
  .then(v => v + 1)
  .then(() => {
    throw new Error('mid');
  })
  .then(() => 'skipped')
  .catch(e => `caught ${e.message}`)
  .then(v => `${v}, on`);
console.log(r);

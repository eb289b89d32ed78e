const log = [];
const r = await Promise.resolve('kept')
  .finally(() => {
    log.push('finally');
    return 'dropped';
  })
  .then(v => {
    log.push(v);
    return v;
  });
console.log(`${r} ${log.join()}`);
const s = await Promise.reject('reason')
  .finally(() => 'dropped')
  .catch(e => `kept ${e}`);
console.log(s);

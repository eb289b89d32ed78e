const log = [];
const f = async () => {
  try {
    log.push('try');
    await null;
    return 'result';
  } finally {
    log.push('finally');
    await null;
    log.push('finally after await');
  }
};
log.push(await f());
console.log(log.join(', '));

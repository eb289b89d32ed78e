const log = [];
try {
  try {
    try {
      throw new Error('deep');
    } finally {
      log.push('f1');
    }
  } catch (e) {
    log.push(`c ${e.message}`);
    throw new Error('second', { cause: e });
  } finally {
    log.push('f2');
  }
} catch (e) {
  log.push(`outer ${e.message} from ${e.cause.message}`);
} finally {
  log.push('f3');
}
console.log(log.join(', '));

const log = [];
const f = how => {
  try {
    log.push(`try ${how}`);
    if (how === 'return') return 'returned';
    if (how === 'throw') throw new Error('thrown');
  } catch (e) {
    log.push('catch');
    return e.message;
  } finally {
    log.push('finally');
  }
  return 'fell through';
};
for (const how of ['return', 'throw', 'fall']) log.push(f(how));
console.log(log.join(', '));

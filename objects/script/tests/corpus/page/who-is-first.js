// All, any, race and allSettled, with errors of all kinds and what is finally to be done.
const after = async (turns, value) => {
  for (let i = 0; i < turns; i += 1) await undefined;
  if (value instanceof Error) throw value;
  return value;
};
const told = async (name, promise) => {
  try {
    console.log(`${name}: ${JSON.stringify(await promise)}`);
  } catch (error) {
    const inner = error instanceof AggregateError ? ` of ${error.errors.map((it) => it.message).join(' and ')}` : '';
    console.log(`${name}: ${error.name}${inner}`);
  } finally {
    console.log(`${name} is over`);
  }
};

export const main = async () => {
  await told('all', Promise.all([after(3, 'slow'), 'at once', after(1, 'quick')]));
  await told('all fails', Promise.all([after(3, new RangeError('late')), after(1, new TypeError('soon'))]));
  await told('any', Promise.any([after(1, new Error('no')), after(2, 'yes'), after(9, 'late')]));
  await told('none', Promise.any([after(2, new Error('one')), after(1, new Error('two'))]));
  await told('race', Promise.race([after(3, 'tortoise'), after(2, new Error('hare'))]));
  await told('settled', Promise.allSettled([after(1, 1), after(0, new Error('x'))]));
  await told('nobody', Promise.all([]));
  const results = [];
  outer: for (const row of [[1, 2], [3, -1, 4], [5]]) {
    for (const cell of row) {
      if (cell < 0) continue outer;
      if (cell === 5) break outer;
      results.push(await after(cell, cell * 10));
    }
  }
  return results;
};

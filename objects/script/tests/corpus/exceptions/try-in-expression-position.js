const attempt = (f, fallback) => {
  try {
    return f();
  } catch {
    return fallback;
  }
};
console.log(`${attempt(() => JSON.parse('[1]'), []).length} ${attempt(() => JSON.parse('['), []).length}`);
console.log(`${[1, 2, 3].map(x => attempt(() => {
  if (x === 2) throw x;
  return x;
}, 'bad')).join()}`);

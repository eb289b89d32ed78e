const run = () => {
  const counts = new Map();
  for (let i = 0; i < 20000; i += 1) {
    const key = `k${i % 500}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let best = 0;
  for (const [, count] of counts) best = Math.max(best, count);
  return best + counts.size;
};

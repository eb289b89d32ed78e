const run = () => {
  let seed = 42;
  const next = () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed;
  };
  const items = Array.from({ length: 3000 }, (_, i) => ({ key: next(), i }));
  items.sort((a, b) => a.key - b.key);
  return items[0].key + items[2999].i;
};

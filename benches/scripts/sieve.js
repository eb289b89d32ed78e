const run = () => {
  const limit = 20000;
  const composite = Array.from({ length: limit + 1 }).fill(false);
  let count = 0;
  for (let i = 2; i <= limit; i += 1) {
    if (composite[i]) continue;
    count += 1;
    for (let j = i * i; j <= limit; j += i) composite[j] = true;
  }
  return count;
};

const run = () => {
  let sum = 0;
  for (let i = 0; i < 300; i += 1) {
    for (let j = 0; j < 300; j += 1) sum = (sum + i * j) % 1000003;
  }
  return sum;
};

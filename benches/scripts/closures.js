const counter = () => {
  let count = 0;
  return { up: (by) => { count += by; return count; }, get: () => count };
};
const run = () => {
  const counters = [];
  for (let i = 0; i < 200; i += 1) counters.push(counter());
  for (let round = 0; round < 100; round += 1) {
    for (const each of counters) each.up(round);
  }
  return counters.reduce((sum, each) => sum + each.get(), 0);
};
